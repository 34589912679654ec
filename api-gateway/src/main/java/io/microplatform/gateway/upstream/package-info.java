@NullMarked
package io.microplatform.gateway.upstream;

import org.jspecify.annotations.NullMarked;
