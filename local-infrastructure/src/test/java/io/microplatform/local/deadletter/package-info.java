@NullMarked
package io.microplatform.local.deadletter;

import org.jspecify.annotations.NullMarked;
