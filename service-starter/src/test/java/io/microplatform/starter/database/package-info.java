/**
 * What failures of PostgreSQL mean, and what a pool does about them.
 */
@NullMarked
package io.microplatform.starter.database;

import org.jspecify.annotations.NullMarked;
