@NullMarked
package io.microplatform.instance.configuration;

import org.jspecify.annotations.NullMarked;
