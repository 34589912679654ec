package io.microplatform.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Sends one event through Spring Cloud Stream and returns only when the broker has
 * acknowledged it: the bindings' producers are synchronous, with all replicas' word.
 */
final class OutboxPublisher {

	private final StreamBridge bridge;

	private final String source;

	private final EventTracing tracing;

	OutboxPublisher(StreamBridge bridge, String service, EventTracing tracing) {
		this.bridge = bridge;
		this.tracing = tracing;
		this.source = "/" + service;
	}

	/**
	 * Publishes and waits for the acknowledgement.
	 * @param event the event
	 * @throws RuntimeException when the broker has not acknowledged it; it may have it
	 * all the same
	 */
	void publish(OutboxMessage event) {
		this.tracing.continueIn(event.traceparent(), "publish " + event.type(), () -> send(event));
	}

	private void send(OutboxMessage event) {
		if (!this.bridge.send(event.topic() + "-out-0", message(event))) {
			throw new MessageDeliveryException("Not sent: " + event.eventId());
		}
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
