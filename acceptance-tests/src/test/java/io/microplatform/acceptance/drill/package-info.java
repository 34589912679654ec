@NullMarked
package io.microplatform.acceptance.drill;

import org.jspecify.annotations.NullMarked;
