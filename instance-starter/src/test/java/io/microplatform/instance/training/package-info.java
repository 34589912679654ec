@NullMarked
package io.microplatform.instance.training;

import org.jspecify.annotations.NullMarked;
