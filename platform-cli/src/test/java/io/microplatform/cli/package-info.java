@NullMarked
package io.microplatform.cli;

import org.jspecify.annotations.NullMarked;
