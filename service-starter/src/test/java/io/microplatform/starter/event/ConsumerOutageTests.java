package io.microplatform.starter.event;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.sql.DataSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.starter.test.DatabaseTrouble;
import io.microplatform.starter.test.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What time mends is waited for, however long it takes: here always longer than the time
 * after which an event is given up.
 */
class ConsumerOutageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private final Postgres postgres = LocalInfrastructure.shared().postgres();

	private final OwnTopic topic = OwnTopic.withoutDeadLetters();

	private final FreshDatabase database = FreshDatabase.create();

	private RunningService service = start(Map.of());

	@AfterEach
	void everythingRunsAgain() throws IOException {
		LocalInfrastructure.start(this.postgres);
		this.service.close();
	}

	private RunningService start(Map<String, String> more) {
		Map<String, String> properties = new HashMap<>(this.topic.consumed());
		properties.putAll(Map.of("platform.consumer.retry-delay", "50ms", "platform.consumer.max-retry-delay", "200ms",
				"platform.consumer.give-up-after", "200ms", "spring.datasource.hikari.connection-timeout", "250"));
		properties.putAll(more);
		return this.database.service(properties, CountingConsumer.class);
	}

	@Test
	void whileTheDatabaseIsAwayNothingIsGivenUp() throws IOException {
		this.topic.createDeadLetters();
		this.topic.publish(OwnTopic.KEY, 1);
		await().atMost(PATIENCE).until(() -> applied().equals(List.of(1L)));
		this.postgres.stop(PATIENCE);
		for (long number = 2; number <= 5; number++) {
			this.topic.publish(OwnTopic.KEY, number);
		}
		// At 100 ms and more each, far beyond what is given up.
		await().atMost(PATIENCE).until(() -> retried("outage") > 20);
		LocalInfrastructure.start(this.postgres);
		await().atMost(PATIENCE).ignoreExceptions().until(() -> applied().size() == 5);
		assertThat(applied()).containsExactly(1L, 2L, 3L, 4L, 5L);
		assertThat(this.topic.deadLettersSoFar()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void whileTheDatabaseIsNotAsItShouldBeNothingIsGivenUp(DatabaseTrouble trouble) {
		this.topic.createDeadLetters();
		this.topic.publish(OwnTopic.KEY, 1);
		await().atMost(PATIENCE).until(() -> applied().equals(List.of(1L)));
		trouble.begin(this.database.name());
		try {
			this.topic.publish(OwnTopic.KEY, 2);
			this.topic.publish(OwnTopic.KEY, 3);
			// At 100 ms and more each, far beyond what is given up.
			await().atMost(PATIENCE).until(() -> retried("outage") > 5);
		}
		finally {
			trouble.end(this.database.name());
		}
		await().atMost(PATIENCE).ignoreExceptions().until(() -> applied().equals(List.of(1L, 2L, 3L)));
		assertThat(retried("refused")).isZero();
		assertThat(this.topic.deadLettersSoFar()).isEmpty();
	}

	@Test
	void anInstanceThatStartsMeanwhileWaitsWithItsMigrations() throws Exception {
		FreshDatabase empty = FreshDatabase.create();
		DatabaseTrouble.READ_ONLY.begin(empty.name());
		try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
			Future<RunningService> starting = thread
				.submit(() -> empty.service(Map.of("spring.flyway.connect-retries-interval", "1s")));
			await().atMost(PATIENCE).until(() -> hasSessions(empty));
			DatabaseTrouble.READ_ONLY.end(empty.name());
			try (RunningService started = starting.get()) {
				started.commit(OwnTopic.KEY, 1, 1);
			}
		}
	}

	private boolean hasSessions(FreshDatabase database) throws SQLException {
		try (Connection connection = this.postgres.connect("postgres");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(
						"select count(*) from pg_stat_activity where datname = '%s'".formatted(database.name()))) {
			row.next();
			return row.getInt(1) > 0;
		}
	}

	@Test
	void aDatabaseThatDiesInTheMiddleOfAnEffectIsAnOutage() throws IOException {
		this.topic.createDeadLetters();
		this.service.get(CountingConsumer.class).fail(1, 1, () -> {
			kill(this.postgres);
			return new IllegalStateException("cannot be rolled back");
		});
		this.topic.publish(OwnTopic.KEY, 1);
		await().atMost(PATIENCE).until(() -> retried("outage") > 5);
		LocalInfrastructure.start(this.postgres);
		await().atMost(PATIENCE).ignoreExceptions().until(() -> applied().equals(List.of(1L)));
		assertThat(this.topic.deadLettersSoFar()).isEmpty();
	}

	@Test
	void aLockThatSomebodyHoldsIsWaitedFor() throws SQLException {
		this.topic.createDeadLetters();
		try (Connection other = this.service.get(DataSource.class).getConnection();
				Statement statement = other.createStatement()) {
			other.setAutoCommit(false);
			statement.execute("set local idle_in_transaction_session_timeout = 0");
			statement.execute("lock table effect in access exclusive mode");
			this.topic.publish(OwnTopic.KEY, 1);
			await().atMost(PATIENCE).until(() -> retried("outage") > 2);
			other.rollback();
		}
		await().atMost(PATIENCE).until(() -> applied().equals(List.of(1L)));
		assertThat(this.topic.deadLettersSoFar()).isEmpty();
	}

	@Test
	void whatCannotBeReadNeedsNoDatabase() throws IOException {
		this.topic.createDeadLetters();
		this.postgres.stop(PATIENCE);
		UUID unreadable = this.topic.publish(OwnTopic.KEY, "not JSON");
		assertThat(this.topic.readDeadLetters(1)).singleElement()
			.satisfies((letter) -> assertThat(Topics.header(letter, "ce_id")).isEqualTo(unreadable.toString()));
	}

	@Test
	void whatIsRefusedAfterAnOutageIsGivenUpAfterAll() throws IOException {
		this.topic.createDeadLetters();
		this.service.get(CountingConsumer.class).fail(1, Integer.MAX_VALUE, () -> new IllegalStateException("never"));
		this.postgres.stop(PATIENCE);
		this.topic.publish(OwnTopic.KEY, 1);
		await().atMost(PATIENCE).until(() -> retried("outage") > 5);
		LocalInfrastructure.start(this.postgres);
		assertThat(this.topic.readDeadLetters(1)).singleElement()
			.satisfies((letter) -> assertThat(Topics.header(letter, "dlq_reason")).contains("never"));
	}

	@Test
	void aMessageWhoseDeadLetterCannotBeWrittenIsNotAcknowledgedAndComesAgain() {
		UUID unreadable = this.topic.publish(OwnTopic.KEY, "not JSON");
		this.topic.publish(OwnTopic.KEY, 2);
		await().atMost(PATIENCE).until(() -> retried("unreadable") > 1);
		assertThat(applied()).isEmpty();
		this.service.close();
		assertThat(this.topic.acknowledged()).isZero();
		this.topic.createDeadLetters();
		this.service = start(Map.of());
		await().atMost(PATIENCE).until(() -> applied().equals(List.of(2L)));
		assertThat(this.topic.deadLettersSoFar()).singleElement()
			.satisfies((letter) -> assertThat(Topics.header(letter, "ce_id")).isEqualTo(unreadable.toString()));
		await().atMost(PATIENCE).until(() -> this.topic.acknowledged() == 2);
	}

	@Test
	void aRightThatWasTakenAwayIsWaitedFor() {
		this.service.close();
		String reader = "order-service";
		this.topic.allowReading(reader, true);
		Map<String, String> itself = new HashMap<>(LocalInfrastructure.shared().kafka().propertiesFor(reader));
		itself.put("spring.cloud.stream.bindings.counted-in-0.group", reader + "-" + this.topic.name());
		itself.put("spring.cloud.stream.kafka.binder.authorization-exception-retry-interval", "100ms");
		this.service = start(itself);
		this.topic.publish(OwnTopic.KEY, 1);
		await().atMost(PATIENCE).until(() -> applied().equals(List.of(1L)));
		this.topic.allowReading(reader, false);
		await().atMost(PATIENCE).until(() -> this.service.get(CountingConsumer.class).refusals() > 2);
		this.topic.publish(OwnTopic.KEY, 2);
		this.topic.allowReading(reader, true);
		await().atMost(PATIENCE).until(() -> applied().equals(List.of(1L, 2L)));
	}

	private List<Long> applied() {
		return this.service.get(CountingConsumer.class).applied();
	}

	private double retried(String kind) {
		return this.service.get(MeterRegistry.class)
			.find("consumer.retries")
			.tags("topic", this.topic.name(), "kind", kind)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	private static void kill(Postgres postgres) {
		try {
			postgres.kill();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
