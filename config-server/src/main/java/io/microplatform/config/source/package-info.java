/**
 * Where versions come from, apart from the command line.
 */
@NullMarked
package io.microplatform.config.source;

import org.jspecify.annotations.NullMarked;
