/**
 * What the services' use of PostgreSQL has in common: which failures pass by themselves,
 * which constraint a row violates, which connections a pool must not keep.
 */
@NullMarked
package io.microplatform.starter.database;

import org.jspecify.annotations.NullMarked;
