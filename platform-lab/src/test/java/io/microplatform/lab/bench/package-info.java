@NullMarked
package io.microplatform.lab.bench;

import org.jspecify.annotations.NullMarked;
