@NullMarked
package io.microplatform.gateway.limit;

import org.jspecify.annotations.NullMarked;
