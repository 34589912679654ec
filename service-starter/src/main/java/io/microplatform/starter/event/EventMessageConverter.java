package io.microplatform.starter.event;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.KafkaNull;
import org.springframework.kafka.support.converter.RecordMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.GenericMessage;

/**
 * A {@link RecordMessageConverter} that keeps the value of a record unchanged and takes
 * over only the headers that a consumer of events reads, as text. Other headers are
 * dropped, so that none of them can be mistaken for a header of the framework. A record
 * whose headers are not those of an event fails with an {@link UnreadableEventException}
 * and in no other way. Thread-safe.
 */
final class EventMessageConverter implements RecordMessageConverter {

	private static final List<String> ATTRIBUTES = List.of(CloudEvent.ID, CloudEvent.TYPE);

	private static final String VERSION = "1.0";

	/** With any parameters, in any case. */
	private static final Pattern JSON = Pattern.compile("application/json\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

	@Override
	public Message<?> toMessage(ConsumerRecord<?, ?> record, @Nullable Object acknowledgment, @Nullable Object consumer,
			@Nullable Type payloadType) {
		for (Header header : record.headers()) {
			if (header.value() == null) {
				throw new UnreadableEventException(
						"the header %s has no value".formatted(CloudEvent.shown(header.key())), null);
			}
		}
		require(CloudEvent.SPEC_VERSION, text(record, CloudEvent.SPEC_VERSION),
				Pattern.compile(Pattern.quote(VERSION)));
		require(CloudEvent.CONTENT_TYPE, text(record, CloudEvent.CONTENT_TYPE), JSON);
		Map<String, Object> headers = new HashMap<>();
		for (String name : ATTRIBUTES) {
			put(headers, name, text(record, name));
		}
		put(headers, CloudEvent.TRACEPARENT, traceparent(record));
		put(headers, KafkaHeaders.RECEIVED_TOPIC, record.topic());
		@Nullable Object value = record.value();
		return new GenericMessage<>((value != null) ? value : KafkaNull.INSTANCE, headers);
	}

	private static void require(String name, @Nullable String value, Pattern form) {
		if (value != null && !form.matcher(value.strip()).matches()) {
			throw new UnreadableEventException("%s is %s".formatted(name, CloudEvent.shown(value)), null);
		}
	}

	private static void put(Map<String, Object> headers, String name, @Nullable String value) {
		if (value != null) {
			headers.put(name, value);
		}
	}

	private static @Nullable String text(ConsumerRecord<?, ?> record, String name) {
		@Nullable Header header = record.headers().lastHeader(name);
		if (header == null) {
			return null;
		}
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header.value())).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnreadableEventException(name + " is not UTF-8", ex);
		}
	}

	/** A damaged one costs the trace and not the event. */
	private static @Nullable String traceparent(ConsumerRecord<?, ?> record) {
		try {
			return text(record, CloudEvent.TRACEPARENT);
		}
		catch (UnreadableEventException ex) {
			return null;
		}
	}

	/** Not used: the outbox publishes through a producer's binding. */
	@Override
	public ProducerRecord<?, ?> fromMessage(Message<?> message, @Nullable String defaultTopic) {
		throw new UnsupportedOperationException("this converter reads");
	}

}
