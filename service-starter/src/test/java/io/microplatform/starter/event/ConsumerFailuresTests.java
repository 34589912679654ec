package io.microplatform.starter.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.starter.test.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of messages that cannot be applied, on real bindings.
 */
class ConsumerFailuresTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int FOR_EVER = Integer.MAX_VALUE;

	private static final Map<String, String> QUICK = Map.of("platform.consumer.retry-delay", "20ms",
			"platform.consumer.max-retry-delay", "100ms", "platform.consumer.give-up-after", "500ms");

	/** With which a test cannot end in time when an event is tried twice. */
	private static final Map<String, String> PATIENT = Map.of("platform.consumer.retry-delay", "5m",
			"platform.consumer.max-retry-delay", "5m", "platform.consumer.give-up-after", "1h");

	private final FreshDatabase database = FreshDatabase.create();

	private final OwnTopic topic = OwnTopic.create();

	private @Nullable RunningService service;

	@AfterEach
	void stop() {
		if (this.service != null) {
			this.service.close();
		}
	}

	@Test
	void whatFailsAFewTimesIsAppliedOnceAndInItsOrder() {
		CountingConsumer consumer = start(Map.of("platform.consumer.retry-delay", "20ms"));
		consumer.fail(2, 3, () -> new IllegalStateException("not yet"));
		for (long number = 1; number <= 4; number++) {
			this.topic.publish(OwnTopic.KEY, number);
		}
		await().atMost(PATIENCE).until(() -> consumer.applied().size() == 4);
		assertThat(consumer.applied()).containsExactly(1L, 2L, 3L, 4L);
		assertThat(counted("consumer.retries", "kind", "refused")).isEqualTo(3);
		assertThat(this.topic.deadLettersSoFar()).isEmpty();
	}

	@Test
	void whileOnePartitionWaitsTheOthersGoOn() {
		CountingConsumer consumer = start(Map.of());
		consumer.fail(1, FOR_EVER, () -> new IllegalStateException("never"));
		this.topic.publish(OwnTopic.KEY, 1);
		this.topic.publish(OwnTopic.KEY, 2);
		await().atMost(PATIENCE).until(() -> counted("consumer.retries", "kind", "refused") > 2);
		for (long number = 11; number <= 14; number++) {
			this.topic.publish(OwnTopic.OTHER_KEY, number);
		}
		await().atMost(PATIENCE).until(() -> consumer.applied().size() == 4);
		assertThat(consumer.applied()).containsExactly(11L, 12L, 13L, 14L);
		consumer.recover(1);
		await().atMost(PATIENCE).until(() -> consumer.applied().size() == 6);
		assertThat(consumer.applied()).endsWith(1L, 2L);
	}

	@Test
	void whatIsRefusedForTooLongBecomesADeadLetter() {
		CountingConsumer consumer = start(QUICK);
		consumer.fail(1, FOR_EVER, () -> new IllegalStateException("never"));
		UUID refused = this.topic.publish(OwnTopic.KEY, 1);
		this.topic.publish(OwnTopic.KEY, 2);
		await().atMost(PATIENCE).until(() -> consumer.applied().equals(List.of(2L)));
		assertThat(this.topic.deadLettersSoFar()).singleElement().satisfies((letter) -> {
			assertThat(Topics.header(letter, "ce_id")).isEqualTo(refused.toString());
			assertThat(Topics.header(letter, "dlq_reason")).isEqualTo("java.lang.IllegalStateException: never");
			assertThat(Integer.parseInt(Topics.header(letter, "dlq_attempts"))).isGreaterThan(5);
		});
		assertThat(counted("consumer.dead.letters", "reason", "IllegalStateException")).isOne();
	}

	@Test
	void whatCannotBeReadBecomesADeadLetterAtOnceWithTheReason() {
		CountingConsumer consumer = start(PATIENT);
		this.topic.publish(OwnTopic.KEY, 1);
		UUID unreadable = this.topic.publish(OwnTopic.KEY, "not JSON");
		this.topic.publish(OwnTopic.KEY, 2);
		await().atMost(PATIENCE).until(() -> consumer.applied().equals(List.of(1L, 2L)));
		ConsumerRecord<String, String> letter = this.topic.readDeadLetters(1).getFirst();
		assertThat(letter.key()).isEqualTo(Long.toString(OwnTopic.KEY));
		assertThat(letter.value()).isEqualTo("not JSON");
		assertThat(Map.of("ce_id", unreadable.toString(), "ce_type", RunningService.TYPE, "ce_source", "/test",
				"dlq_topic", this.topic.name(), "dlq_partition", Integer.toString(letter.partition()), "dlq_offset",
				"1", "dlq_consumer", this.topic.name(), "dlq_attempts", "1", "dlq_exception",
				UnreadableEventException.class.getName()))
			.allSatisfy((name, value) -> assertThat(Topics.header(letter, name)).as(name).isEqualTo(value));
		assertThat(Topics.header(letter, "dlq_reason"))
			.contains("the data are not those of the type; caused by tools.jackson.core.")
			.hasLineCount(1);
		assertThat(counted("consumer.dead.letters", "reason", "UnreadableEventException")).isOne();
	}

	@Test
	void whatIsNoEventBecomesADeadLetter() {
		CountingConsumer consumer = start(Map.of());
		String id = UUID.randomUUID().toString();
		Map<String, String> event = Map.of("ce_id", id, "ce_type", RunningService.TYPE);
		this.topic.send(OwnTopic.KEY, Map.of(), "{\"number\":1}");
		this.topic.send(OwnTopic.KEY, Map.of("ce_type", RunningService.TYPE), "{\"number\":2}");
		this.topic.send(OwnTopic.KEY, Map.of("ce_id", id), "{\"number\":3}");
		this.topic.send(OwnTopic.KEY, Map.of("ce_id", "17", "ce_type", RunningService.TYPE), "{\"number\":4}");
		this.topic.send(OwnTopic.KEY, event, null);
		this.topic.send(OwnTopic.KEY, event, "");
		this.topic.send(OwnTopic.KEY, event, "null");
		// As large as a message may be: there is room for the reason all the same.
		this.topic.send(OwnTopic.KEY, event, "x".repeat(1_048_300));
		this.topic.publish(OwnTopic.KEY, 9);
		await().atMost(PATIENCE).until(() -> consumer.applied().equals(List.of(9L)));
		assertThat(this.topic.deadLettersSoFar()).hasSize(8).allSatisfy((letter) -> {
			assertThat(Topics.header(letter, "dlq_attempts")).isEqualTo("1");
			assertThat(Topics.header(letter, "dlq_exception")).isEqualTo(UnreadableEventException.class.getName());
		});
	}

	@Test
	void headersThatAreNotThoseOfAnEventMakeADeadLetterAtOnce() {
		CountingConsumer consumer = start(PATIENT);
		byte[] notUtf8 = { 'a', (byte) 0xFF };
		List<String> ids = new ArrayList<>();
		ids.add(this.topic.publishWith(1, "x-anything", null).toString());
		this.topic.publishWith(2, "ce_id", null);
		ids.add(this.topic.publishWith(3, "ce_type", null).toString());
		ids.add(this.topic.publishWith(4, "ce_type", notUtf8).toString());
		this.topic.publishWith(5, "ce_id", notUtf8);
		this.topic.publishWith(6, "ce_id", "x".repeat(500_000).getBytes(UTF_8));
		ids.add(this.topic.publishWith(7, "ce_specversion", "0.3".getBytes(UTF_8)).toString());
		ids.add(this.topic.publishWith(8, "content-type", "text/plain".getBytes(UTF_8)).toString());
		ids.add(this.topic.publishWith(9, "content-type", "/;=".getBytes(UTF_8)).toString());
		this.topic.publish(OwnTopic.KEY, 10);
		await().atMost(PATIENCE).until(() -> consumer.applied().equals(List.of(10L)));
		List<ConsumerRecord<String, String>> letters = this.topic.deadLettersSoFar();
		assertThat(letters).hasSize(9).allSatisfy((letter) -> {
			assertThat(Topics.header(letter, "dlq_attempts")).isEqualTo("1");
			assertThat(Topics.header(letter, "dlq_exception")).isEqualTo(UnreadableEventException.class.getName());
			assertThat(Topics.header(letter, "dlq_reason")).hasSizeLessThan(500);
		});
		assertThat(letters.getFirst().headers().lastHeader("x-anything").value()).isNull();
		assertThat(letters).filteredOn((letter) -> letter.headers().lastHeader("ce_id").value() != null)
			.extracting((letter) -> Topics.header(letter, "ce_id"))
			.containsAll(ids);
	}

	@ParameterizedTest
	@ValueSource(strings = { "id", "timestamp", "errorChannel", "replyChannel", "priority", "contentType",
			"spring_json_header_types", "kafka_offset", "deliveryAttempt", "traceparent" })
	void aHeaderOfAnotherFrameworkDoesNoHarm(String name) {
		CountingConsumer consumer = start(PATIENT);
		this.topic.publishWith(1, name, new byte[] { '{', (byte) 0xFF });
		this.topic.publishWith(2, "content-type", "application/json; charset=utf-8".getBytes(UTF_8));
		await().atMost(PATIENCE).until(() -> consumer.applied().equals(List.of(1L, 2L)));
		assertThat(this.topic.deadLettersSoFar()).isEmpty();
	}

	@Test
	void aPartitionThatTheDeadLettersLackIsNotBlocked() {
		this.topic.enlarge(8);
		CountingConsumer consumer = start(PATIENT);
		this.topic.publishInto(7, "not JSON");
		this.topic.publishInto(6, "{\"number\":1}");
		this.topic.publishInto(7, "{\"number\":2}");
		await().atMost(PATIENCE).until(() -> consumer.applied().size() == 2);
		assertThat(this.topic.deadLettersSoFar()).singleElement().satisfies((letter) -> {
			assertThat(letter.partition()).isLessThan(6);
			assertThat(Topics.header(letter, "dlq_partition")).isEqualTo("7");
			assertThat(Topics.header(letter, "dlq_offset")).isEqualTo("0");
		});
	}

	@Test
	void aTypeThatNobodyAskedForIsNone() {
		CountingConsumer consumer = start(Map.of());
		this.topic.send(OwnTopic.KEY, Map.of("ce_id", UUID.randomUUID().toString(), "ce_type", "test.other"), "?");
		this.topic.publish(OwnTopic.KEY, 2);
		await().atMost(PATIENCE).until(() -> consumer.applied().equals(List.of(2L)));
		assertThat(this.topic.deadLettersSoFar()).isEmpty();
	}

	private CountingConsumer start(Map<String, String> properties) {
		Map<String, String> all = new HashMap<>(this.topic.consumed());
		all.putAll(properties);
		RunningService started = this.database.service(all, CountingConsumer.class);
		this.service = started;
		return started.get(CountingConsumer.class);
	}

	private double counted(String name, String tag, String value) {
		Counter counter = running().get(MeterRegistry.class)
			.find(name)
			.tags("topic", this.topic.name(), tag, value)
			.counter();
		return (counter != null) ? counter.count() : 0;
	}

	private RunningService running() {
		if (this.service == null) {
			throw new IllegalStateException("not started");
		}
		return this.service;
	}

}
