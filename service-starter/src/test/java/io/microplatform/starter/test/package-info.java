/**
 * How services are tested: whole, on real PostgreSQL, Redis and Kafka.
 */
@NullMarked
package io.microplatform.starter.test;

import org.jspecify.annotations.NullMarked;
