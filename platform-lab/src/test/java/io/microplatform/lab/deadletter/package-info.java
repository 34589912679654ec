@NullMarked
package io.microplatform.lab.deadletter;

import org.jspecify.annotations.NullMarked;
