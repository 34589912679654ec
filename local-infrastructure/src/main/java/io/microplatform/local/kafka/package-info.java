/**
 * A single Kafka broker with the platform's topics and one user per service.
 */
@NullMarked
package io.microplatform.local.kafka;

import org.jspecify.annotations.NullMarked;
