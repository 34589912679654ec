/**
 * PostgreSQL with one database and one role per service.
 */
@NullMarked
package io.microplatform.local.postgres;

import org.jspecify.annotations.NullMarked;
