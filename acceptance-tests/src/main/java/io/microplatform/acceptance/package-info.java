@NullMarked
package io.microplatform.acceptance;

import org.jspecify.annotations.NullMarked;
