@NullMarked
package io.microplatform.gateway.inbound;

import org.jspecify.annotations.NullMarked;
