package io.microplatform.starter.event;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Events are taken while the broker is away, and sent when it is back.
 */
class OutageTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final long key = ThreadLocalRandom.current().nextLong(1L << 52);

	private final Kafka kafka = LocalInfrastructure.shared().kafka();

	private final Postgres postgres = LocalInfrastructure.shared().postgres();

	private final FreshDatabase database = FreshDatabase.create();

	@AfterEach
	void everythingRunsAgain() throws IOException {
		this.kafka.resume();
		LocalInfrastructure.start(this.kafka);
		LocalInfrastructure.start(this.postgres);
	}

	@Test
	void aBrokerThatWasAwayGetsEverythingInOrder() throws IOException {
		try (RunningService service = this.database.service(Map.of())) {
			service.commit(this.key, 1, 1);
			await().until(() -> !service.isWaiting(this.key));
			this.kafka.stop(PATIENCE);
			service.commit(this.key, 2, 30);
			await().atMost(PATIENCE).until(() -> service.counted("failed") > 2);
			assertThat(service.waiting((one) -> one == this.key)).isEqualTo(29);
			assertThat(service.jdbc().sql("select sum(attempts) from outbox").query(Long.class).single()).isZero();
			LocalInfrastructure.start(this.kafka);
			await().atMost(PATIENCE).until(() -> !service.isWaiting(this.key));
		}
		Published.of(this.key).assertFirstOccurrencesCountUp(this.key, 30);
	}

	@Test
	void aBrokerThatWasAwayAtTheStartGetsEverythingToo() throws IOException {
		this.kafka.stop(PATIENCE);
		try (RunningService service = this.database.service(Map.of())) {
			service.commit(this.key, 1, 3);
			await().until(() -> isWaitingForTheBroker(service));
			LocalInfrastructure.start(this.kafka);
			await().atMost(PATIENCE).until(() -> !service.isWaiting(this.key));
		}
		Published.of(this.key).assertFirstOccurrencesCountUp(this.key, 3);
	}

	/** What only the producer has is lost with its process, and must not be marked. */
	@Test
	void whatABrokerThatHangsHasNotAcknowledgedIsNotMarked() throws IOException {
		try (RunningService service = this.database.service(Map.of())) {
			service.commit(this.key, 1, 1);
			await().until(() -> !service.isWaiting(this.key));
			this.kafka.pause();
			service.commit(this.key, 2, 5);
			await().atMost(PATIENCE).until(() -> service.counted("failed") > 0 || service.counted("published") > 1);
			assertThat(service.counted("published")).isEqualTo(1);
			assertThat(service.waiting((one) -> one == this.key)).isEqualTo(4);
			this.kafka.resume();
			await().atMost(PATIENCE).until(() -> !service.isWaiting(this.key));
		}
		Published.of(this.key).assertFirstOccurrencesCountUp(this.key, 5);
	}

	@Test
	void aDatabaseThatDiedIsUsedAgain() throws IOException {
		try (RunningService service = this.database.service(Map.of())) {
			service.commit(this.key, 1, 1);
			await().until(() -> !service.isWaiting(this.key));
			this.postgres.kill();
			LocalInfrastructure.start(this.postgres);
			await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> service.commit(this.key, 2, 2));
			await().until(() -> !service.isWaiting(this.key));
		}
		Published.of(this.key).assertCountsUp(this.key, 2);
	}

	private static boolean isWaitingForTheBroker(RunningService service) {
		return service.jdbc().sql("""
				select count(*) from pg_stat_activity
				where datname = current_database() and state = 'idle in transaction'""").query(Long.class).single() > 0;
	}

}
