/**
 * Outbox and inbox: events that are sent if, and only if, their transaction commits, and
 * applied once.
 */
@NullMarked
package io.microplatform.starter.event;

import org.jspecify.annotations.NullMarked;
