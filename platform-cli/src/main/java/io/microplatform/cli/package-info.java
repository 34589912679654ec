/**
 * The command line that runs the whole platform on one machine.
 */
@NullMarked
package io.microplatform.cli;

import org.jspecify.annotations.NullMarked;
