package io.microplatform.starter.event;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.lab.deadletter.DeadLetter;
import io.microplatform.lab.deadletter.DeadLetters;
import io.microplatform.lab.deadletter.LetterReference;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.starter.test.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Dead letters that are replayed, as {@code ./platform dlq} does it.
 */
class ReplayTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Kafka KAFKA = LocalInfrastructure.shared().kafka();

	private final OwnTopic topic = OwnTopic.create();

	private final RunningService service = start();

	private final CountingConsumer consumer = this.service.get(CountingConsumer.class);

	private final DeadLetters letters = new DeadLetters(KAFKA.adminProperties());

	private RunningService start() {
		Map<String, String> properties = new HashMap<>(this.topic.consumed());
		properties.put("platform.consumer.give-up-after", "0s");
		return FreshDatabase.create().service(properties, CountingConsumer.class);
	}

	/** An event that is a letter, though it could be applied by now. */
	@BeforeEach
	void giveUp() {
		this.consumer.fail(1, 1, () -> new IllegalStateException("not yet"));
		this.topic.publish(OwnTopic.KEY, 1);
		this.topic.publish(OwnTopic.KEY, 2);
		await().atMost(PATIENCE).until(() -> this.consumer.applied().equals(List.of(2L)));
	}

	@AfterEach
	void stop() {
		this.letters.close();
		this.service.close();
	}

	@Test
	void aReplayedEventIsApplied() {
		this.letters.replay(letter(), "me");
		await().atMost(PATIENCE).until(() -> this.consumer.applied().equals(List.of(2L, 1L)));
		assertThat(letter().isOpen()).isFalse();
	}

	@Test
	void anEventThatFailsAgainIsALetterAgain() {
		this.consumer.fail(1, 1, () -> new IllegalStateException("not yet"));
		this.letters.replay(letter(), "me");
		List<ConsumerRecord<String, String>> both = this.topic.readDeadLetters(2);
		assertThat(both).extracting((record) -> Topics.header(record, "dlq_offset")).containsExactly("0", "2");
		assertThat(this.letters.find(referenceOf(both.getLast()))).get().matches(DeadLetter::isOpen);
	}

	@Test
	void aReplayThatDiesBeforeItIsRecordedIsRepeatedWithoutHarm() throws Exception {
		assertThat(dyingReplay(letter().reference())).isEqualTo(137);
		assertThat(letter().isOpen()).isTrue();
		this.letters.replay(letter(), "me");
		assertThat(letter().isOpen()).isFalse();
		await().atMost(PATIENCE).until(() -> this.topic.acknowledged() == 4);
		assertThat(this.consumer.applied()).containsExactly(2L, 1L);
		assertThat(this.topic.deadLettersSoFar()).hasSize(1);
	}

	/** Replays in a process that dies as soon as the broker has the message. */
	private static int dyingReplay(LetterReference letter) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				ReplayTests.class.getName(), KAFKA.brokers(), KAFKA.adminPassword(), letter.toString())
			.inheritIO()
			.start();
		assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

	/** Is told the broker, the administrator's password and the letter. */
	public static void main(String[] arguments) {
		Properties connection = Kafka.clientProperties(arguments[0], Kafka.ADMIN, arguments[1]);
		connection.putAll(Map.of(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, Fault.class.getName(), "fault.kind",
				Fault.Kind.DIES_AFTER_ACKNOWLEDGEMENT.name(), "fault.count", "1", "fault.broker", "0"));
		try (DeadLetters letters = new DeadLetters(connection)) {
			letters.replay(letters.find(LetterReference.of(arguments[2]).orElseThrow()).orElseThrow(), "ada");
		}
	}

	private DeadLetter letter() {
		return this.letters.find(referenceOf(this.topic.deadLettersSoFar().getFirst())).orElseThrow();
	}

	private static LetterReference referenceOf(ConsumerRecord<?, ?> record) {
		return new LetterReference(record.topic(), record.partition(), record.offset());
	}

}
