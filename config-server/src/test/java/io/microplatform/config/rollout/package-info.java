@NullMarked
package io.microplatform.config.rollout;

import org.jspecify.annotations.NullMarked;
