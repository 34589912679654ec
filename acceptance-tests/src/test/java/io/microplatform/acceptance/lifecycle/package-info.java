/**
 * The command line on real processes.
 */
@NullMarked
package io.microplatform.acceptance.lifecycle;

import org.jspecify.annotations.NullMarked;
