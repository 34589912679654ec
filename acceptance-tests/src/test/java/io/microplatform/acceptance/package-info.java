/**
 * The platform tested as its users meet it.
 */
@NullMarked
package io.microplatform.acceptance;

import org.jspecify.annotations.NullMarked;
