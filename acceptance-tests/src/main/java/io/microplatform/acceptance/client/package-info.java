/**
 * The platform as its users meet it: HTTP through the gateway, and nothing else.
 */
@NullMarked
package io.microplatform.acceptance.client;

import org.jspecify.annotations.NullMarked;
