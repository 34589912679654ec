/**
 * Real PostgreSQL, Redis and Kafka without Docker, for tests and for the command line.
 */
@NullMarked
package io.microplatform.local;

import org.jspecify.annotations.NullMarked;
