package io.microplatform.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import io.microplatform.starter.test.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is in the topic of the tests' events.
 */
record Published(List<ConsumerRecord<String, String>> records) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** Everything so far of those keys, duplicates included. */
	static Published of(LongPredicate keys) {
		return new Published(Topics.readToEnd(RunningService.TOPIC,
				(record) -> RunningService.TYPE.equals(Topics.header(record, CloudEvent.TYPE))
						&& keys.test(Long.parseLong(record.key()))));
	}

	static Published of(long key) {
		return of((other) -> other == key);
	}

	/** The numbers of a key's events, in the order of the topic. */
	List<Long> numbers(long key) {
		return this.records.stream()
			.filter((record) -> record.key().equals(Long.toString(key)))
			.map((record) -> JSON.readTree(record.value()).get("number").asLong())
			.toList();
	}

	/** As a consumer gets them. */
	List<Message<byte[]>> messages() {
		return this.records.stream().map(Published::message).toList();
	}

	private static Message<byte[]> message(ConsumerRecord<String, String> record) {
		MessageBuilder<byte[]> builder = MessageBuilder.withPayload(record.value().getBytes(StandardCharsets.UTF_8));
		record.headers().forEach((header) -> builder.setHeader(header.key(), header.value()));
		return builder.build();
	}

	/** As they are when each duplicate is skipped. */
	void assertFirstOccurrencesCountUp(long key, long last) {
		assertThat(new LinkedHashSet<>(numbers(key))).containsExactlyElementsOf(upTo(last));
	}

	void assertCountsUp(long key, long last) {
		assertThat(numbers(key)).containsExactlyElementsOf(upTo(last));
	}

	private static List<Long> upTo(long last) {
		return LongStream.rangeClosed(1, last).boxed().toList();
	}

}
