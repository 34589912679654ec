/**
 * What the services' use of PostgreSQL has in common: which failures are outages, which
 * constraint a row violates, which connections a pool must evict.
 */
@NullMarked
package io.microplatform.starter.database;

import org.jspecify.annotations.NullMarked;
