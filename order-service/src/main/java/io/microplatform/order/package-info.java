@NullMarked
package io.microplatform.order;

import org.jspecify.annotations.NullMarked;
