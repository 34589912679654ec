/**
 * Chaos runs: processes are killed and paused by a reproducible schedule while users
 * place orders, and the platform is audited afterwards.
 */
@NullMarked
package io.microplatform.lab.chaos;

import org.jspecify.annotations.NullMarked;
