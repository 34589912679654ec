package io.microplatform.lab.audit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the header fields and the order id of an event. Validates every part, because a
 * topic may contain arbitrary bytes.
 */
final class EventMessage {

	private static final JsonFactory JSON = new JsonFactory();

	/** Maximum number of characters of a value that a finding shows. */
	private static final int SHOWN = 60;

	private EventMessage() {
	}

	static String type(ConsumerRecord<byte[], byte[]> message) throws UnreadableMessageException {
		return header(message, "ce_type");
	}

	static UUID id(ConsumerRecord<byte[], byte[]> message) throws UnreadableMessageException {
		String id = header(message, "ce_id");
		try {
			return UUID.fromString(id);
		}
		catch (IllegalArgumentException ex) {
			throw new UnreadableMessageException("its ce_id is not a UUID: " + shown(id), ex);
		}
	}

	/**
	 * Returns the order id. Stops parsing there, because there may be millions of
	 * messages.
	 */
	static long orderId(ConsumerRecord<byte[], byte[]> message) throws UnreadableMessageException {
		byte @Nullable [] data = message.value();
		if (data == null) {
			throw new UnreadableMessageException("it has no data", null);
		}
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), data)) {
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				throw new UnreadableMessageException("its data are not a JSON object", null);
			}
			while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
				boolean isOrderId = parser.currentName().equals("orderId");
				JsonToken value = parser.nextToken();
				if (isOrderId) {
					if (value != JsonToken.VALUE_NUMBER_INT) {
						throw new UnreadableMessageException("its orderId is not an integer", null);
					}
					return parser.getLongValue();
				}
				parser.skipChildren();
			}
		}
		catch (JacksonException ex) {
			throw new UnreadableMessageException("its data are not JSON: " + shown(ex.getOriginalMessage()), ex);
		}
		throw new UnreadableMessageException("its data have no orderId", null);
	}

	private static String header(ConsumerRecord<byte[], byte[]> message, String name)
			throws UnreadableMessageException {
		@Nullable Header header = message.headers().lastHeader(name);
		if (header == null) {
			throw new UnreadableMessageException("it has no header " + name, null);
		}
		byte @Nullable [] value = header.value();
		if (value == null) {
			throw new UnreadableMessageException("its header %s has no value".formatted(name), null);
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnreadableMessageException("its header %s is not UTF-8".formatted(name), ex);
		}
	}

	private static String shown(@Nullable String text) {
		String all = String.valueOf(text);
		return (all.length() <= SHOWN) ? all : all.substring(0, SHOWN - 1) + "…";
	}

}
