@NullMarked
package io.microplatform.local.cli;

import org.jspecify.annotations.NullMarked;
