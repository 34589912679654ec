/**
 * The verification of access tokens, the same in the gateway and in every service.
 */
@NullMarked
package io.microplatform.instance.token;

import org.jspecify.annotations.NullMarked;
