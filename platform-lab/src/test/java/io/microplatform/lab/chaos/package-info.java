@NullMarked
package io.microplatform.lab.chaos;

import org.jspecify.annotations.NullMarked;
