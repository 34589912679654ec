@NullMarked
package io.microplatform.starter;

import org.jspecify.annotations.NullMarked;
