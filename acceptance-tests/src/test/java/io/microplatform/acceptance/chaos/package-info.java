@NullMarked
package io.microplatform.acceptance.chaos;

import org.jspecify.annotations.NullMarked;
