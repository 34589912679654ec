@NullMarked
package io.microplatform.local.kafka;

import org.jspecify.annotations.NullMarked;
