package io.microplatform.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;

/**
 * Names and values of the headers of a CloudEvents message in Kafka's binary mode.
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

	/** Characters of a foreign value that a reason quotes. */
	private static final int SHOWN = 100;

	/** Does not match within a string of the data, because JSON escapes quotes. */
	private static final Pattern ORDER_ID = Pattern.compile("\"orderId\"\\s*:\\s*([1-9][0-9]{0,15})\\b");

	private CloudEvent() {
	}

	/** As much of a foreign value as a log line or a header has room for. */
	static String shown(String value) {
		return (value.length() <= SHOWN) ? value : value.substring(0, SHOWN - 1) + "…";
	}

	/**
	 * Returns the id of the order in the data, even if the data cannot be parsed, or
	 * {@code null} if the data name no order.
	 */
	static @Nullable String orderId(String data) {
		Matcher matcher = ORDER_ID.matcher(data);
		return matcher.find() ? matcher.group(1) : null;
	}

	static String type(Message<?> message) {
		return required(message, TYPE);
	}

	static UUID id(Message<?> message) {
		String id = required(message, ID);
		try {
			return UUID.fromString(id);
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableEventException(ID + " is not a UUID: " + shown(id), ex);
		}
	}

	/** A message without a value has another payload than its type says. */
	static byte[] data(Message<?> message) {
		if (message.getPayload() instanceof byte[] data) {
			return data;
		}
		throw new UnreadableEventException("a message without data is not an event", null);
	}

	private static String required(Message<?> message, String name) {
		String value = header(message, name);
		if (value == null) {
			throw new UnreadableEventException("a message without " + name + " is not an event", null);
		}
		return value;
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
