/**
 * The books of the platform: what the databases, the outboxes and the topics say of
 * orders and credit, held against each other while the platform runs.
 */
@NullMarked
package io.microplatform.acceptance.audit;

import org.jspecify.annotations.NullMarked;
