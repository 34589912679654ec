@NullMarked
package io.microplatform.config;

import org.jspecify.annotations.NullMarked;
