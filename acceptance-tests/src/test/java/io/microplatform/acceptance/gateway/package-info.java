/**
 * What the gateway does not lead to.
 */
@NullMarked
package io.microplatform.acceptance.gateway;

import org.jspecify.annotations.NullMarked;
