package io.microplatform.lab.demo;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message on Kafka, decoded as an event.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset the offset
 * @param key the record's key; empty if there is none
 * @param type the CloudEvents type; empty if there is none
 * @param data the value; empty if there is none
 * @param timestamp the time of sending, in milliseconds since the epoch
 */
record Event(String topic, int partition, long offset, String key, String type, String data, long timestamp) {

	private static final JsonMapper JSON = JsonMapper.shared();

	static Event of(ConsumerRecord<String, String> message) {
		@Nullable Header header = message.headers().lastHeader("ce_type");
		byte @Nullable [] type = (header != null) ? header.value() : null;
		return new Event(message.topic(), message.partition(), message.offset(),
				Objects.requireNonNullElse(message.key(), ""),
				(type != null) ? new String(type, StandardCharsets.UTF_8) : "",
				Objects.requireNonNullElse(message.value(), ""), message.timestamp());
	}

	boolean isAbout(long orderId) {
		try {
			return JSON.readTree(this.data).path("orderId").asLong(-1) == orderId;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	String line() {
		return String.format(Locale.ROOT, "%-6s  partition %d  offset %-4d  key %s  %-15s  %s", this.topic,
				this.partition, this.offset, this.key, this.type, this.data);
	}

}
