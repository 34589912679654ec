/**
 * The load generator on its own.
 */
@NullMarked
package io.microplatform.acceptance.load;

import org.jspecify.annotations.NullMarked;
