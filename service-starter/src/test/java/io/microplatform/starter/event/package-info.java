/**
 * Outbox and inbox on real PostgreSQL and Kafka.
 */
@NullMarked
package io.microplatform.starter.event;

import org.jspecify.annotations.NullMarked;
