@NullMarked
package io.microplatform.admin;

import org.jspecify.annotations.NullMarked;
