/**
 * Tests of what the gateway does not route.
 */
@NullMarked
package io.microplatform.acceptance.gateway;

import org.jspecify.annotations.NullMarked;
