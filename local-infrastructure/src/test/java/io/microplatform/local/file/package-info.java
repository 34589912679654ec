@NullMarked
package io.microplatform.local.file;

import org.jspecify.annotations.NullMarked;
