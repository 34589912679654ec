/**
 * Audit of the platform: compares what the databases, the outboxes and the topics contain
 * about orders and credit, while the platform runs.
 */
@NullMarked
package io.microplatform.lab.audit;

import org.jspecify.annotations.NullMarked;
