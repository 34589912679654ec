@NullMarked
package io.microplatform.gateway.problem;

import org.jspecify.annotations.NullMarked;
