package io.microplatform.starter.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import brave.Span;
import org.jspecify.annotations.Nullable;

/**
 * The description of the span of an event.
 *
 * @param kind whether the event is published or processed
 * @param type the event's type
 * @param id the id of the span, the same each time the event is published or processed;
 * never 0
 * @param begin the start of the span, {@code null} for the current time
 * @param eventId the event's id
 * @param topic the topic, if it is known
 * @param orderId the order that the event is about, if any
 */
record EventSpan(Span.Kind kind, String type, long id, @Nullable Instant begin, String eventId, @Nullable String topic,
		@Nullable String orderId) {

	/** The tag that identifies the spans of events. */
	static final String EVENT_ID = "event.id";

	static final String DUPLICATE = "event.duplicate";

	/** The span of the publication, which includes the time in the outbox. */
	static EventSpan publishing(OutboxMessage event) {
		return new EventSpan(Span.Kind.PRODUCER, event.type(), event.eventId().getLeastSignificantBits() | 1,
				event.occurredAt(), event.eventId().toString(), event.topic(), CloudEvent.orderId(event.data()));
	}

	static EventSpan processing(String consumer, String type, UUID id, @Nullable String topic, String data) {
		return new EventSpan(Span.Kind.CONSUMER, type, (id.getMostSignificantBits() ^ consumer.hashCode()) | 1, null,
				id.toString(), topic, CloudEvent.orderId(data));
	}

	Span start(Span span) {
		span.name(((this.kind == Span.Kind.PRODUCER) ? "publish " : "process ") + this.type)
			.kind(this.kind)
			.tag("event.type", this.type)
			.tag(EVENT_ID, this.eventId);
		if (this.topic != null) {
			span.tag("messaging.destination.name", this.topic);
		}
		if (this.orderId != null) {
			span.tag("order.id", this.orderId);
		}
		return (this.begin != null) ? span.start(ChronoUnit.MICROS.between(Instant.EPOCH, this.begin)) : span.start();
	}

}
