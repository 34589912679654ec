package io.microplatform.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Publishes one event through a {@link StreamBridge} and returns only when the broker has
 * acknowledged it: the producers of the bindings are synchronous, and all replicas
 * acknowledge. Thread-safe.
 */
final class OutboxPublisher {

	/**
	 * What is an event's own fault. Everything else, a missing right or a missing topic
	 * included, is a state of the broker, and passes.
	 */
	private static final List<Class<? extends Exception>> UNDELIVERABLE = List.of(RecordTooLargeException.class,
			InvalidRecordException.class, InvalidTopicException.class, SerializationException.class);

	private final StreamBridge bridge;

	private final BindingServiceProperties bindings;

	private final String source;

	private final EventTracing tracing;

	OutboxPublisher(StreamBridge bridge, BindingServiceProperties bindings, String service, EventTracing tracing) {
		this.bridge = bridge;
		this.bindings = bindings;
		this.tracing = tracing;
		this.source = "/" + service;
	}

	/** Whether the service has said how to send to that topic. */
	boolean knows(String topic) {
		return this.bindings.getBindings().containsKey(binding(topic));
	}

	/**
	 * Publishes and waits for the acknowledgement.
	 * @param event the event
	 * @throws UndeliverableEventException when it cannot be sent as it is
	 * @throws RuntimeException when the broker has not acknowledged it; it may have it
	 * all the same
	 */
	void publish(OutboxMessage event) {
		if (!knows(event.topic())) {
			throw new UndeliverableEventException("there is no binding " + binding(event.topic()));
		}
		try {
			this.tracing.continueIn(event.traceparent(), EventSpan.publishing(event), (span) -> send(event));
		}
		catch (RuntimeException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (UNDELIVERABLE.stream().anyMatch(cause.getClass()::equals)) {
					throw new UndeliverableEventException(cause);
				}
			}
			throw ex;
		}
	}

	private void send(OutboxMessage event) {
		if (!this.bridge.send(binding(event.topic()), message(event))) {
			throw new MessageDeliveryException("Not sent: " + event.eventId());
		}
	}

	private static String binding(String topic) {
		return topic + "-out-0";
	}

	private Message<byte[]> message(OutboxMessage event) {
		return MessageBuilder.withPayload(event.data().getBytes(StandardCharsets.UTF_8))
			.setHeader(KafkaHeaders.KEY, event.messageKey().getBytes(StandardCharsets.UTF_8))
			.setHeader(CloudEvent.ID, event.eventId().toString())
			.setHeader(CloudEvent.TYPE, event.type())
			.setHeader(CloudEvent.SOURCE, this.source)
			.setHeader(CloudEvent.SPEC_VERSION, "1.0")
			.setHeader(CloudEvent.TIME, event.occurredAt().toString())
			.setHeader(CloudEvent.CONTENT_TYPE, "application/json")
			.setHeader(CloudEvent.TRACEPARENT, Objects.requireNonNull(this.tracing.traceparent(), "not in a span"))
			.build();
	}

}
