/**
 * The audit trail.
 */
@NullMarked
package io.microplatform.starter.audit;

import org.jspecify.annotations.NullMarked;
