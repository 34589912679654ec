/**
 * Routes, and their changes at run time.
 */
@NullMarked
package io.microplatform.gateway.routes;

import org.jspecify.annotations.NullMarked;
