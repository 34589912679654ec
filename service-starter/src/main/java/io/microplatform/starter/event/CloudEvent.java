package io.microplatform.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * The headers of a CloudEvents message in Kafka's binary mode.
 *
 * @see <a href=
 * "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * protocol binding for CloudEvents</a>
 */
final class CloudEvent {

	static final String ID = "ce_id";

	static final String TYPE = "ce_type";

	static final String SOURCE = "ce_source";

	static final String SPEC_VERSION = "ce_specversion";

	static final String TIME = "ce_time";

	static final String CONTENT_TYPE = "content-type";

	/** W3C trace context, under the name that every tracing library looks for. */
	static final String TRACEPARENT = "traceparent";

	private CloudEvent() {
	}

	static UUID id(Message<?> message) {
		String id = header(message, ID);
		if (id == null) {
			throw new IllegalArgumentException("A message without " + ID + " is not an event");
		}
		return UUID.fromString(id);
	}

	static @Nullable String header(Message<?> message, String name) {
		Object value = message.getHeaders().get(name);
		if (value == null) {
			// Spring Cloud Function writes the prefix in its own way before a consumer
			// sees it.
			value = message.getHeaders().get(name.replace("ce_", "ce-"));
		}
		if (value instanceof byte[] bytes) {
			return new String(bytes, StandardCharsets.UTF_8);
		}
		return (value != null) ? value.toString() : null;
	}

}
