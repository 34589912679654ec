@NullMarked
package io.microplatform.gateway;

import org.jspecify.annotations.NullMarked;
