@NullMarked
package io.microplatform.user;

import org.jspecify.annotations.NullMarked;
