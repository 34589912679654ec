package io.microplatform.starter.event;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When the relay looks.
 */
class OutboxWakeTests {

	private static final Map<String, String> ONLY_WHEN_WOKEN = Map.of("platform.outbox.poll-interval", "1h");

	private final long key = ThreadLocalRandom.current().nextLong(1L << 52);

	private final FreshDatabase database = FreshDatabase.create();

	@Test
	void aCommitWakesTheRelay() {
		try (RunningService service = this.database.service(ONLY_WHEN_WOKEN)) {
			// The first look at the start is over when the first event is out.
			service.commit(this.key, 1, 1);
			await().until(() -> !service.isWaiting(this.key));
			service.commit(this.key, 2, 2);
			await().until(() -> !service.isWaiting(this.key));
			Published.of(this.key).assertCountsUp(this.key, 2);
		}
	}

	@Test
	void whatIsCommittedCloselyGoesTogether() {
		try (RunningService service = this.database.service(with("platform.outbox.linger", "1s"))) {
			for (int i = 1; i <= 40; i++) {
				service.commit(this.key, i, i);
			}
			await().until(() -> !service.isWaiting(this.key));
			assertThat(looks(service)).hasSizeLessThan(20);
		}
	}

	@Test
	void aFullBatchIsFollowedAtOnce() {
		Map<String, String> paced = with("platform.outbox.linger", "1s");
		paced.put("platform.outbox.batch-size", "1");
		try (RunningService service = this.database.service(paced)) {
			service.commit(this.key, 1, 20);
			await().until(() -> !service.isWaiting(this.key));
			NavigableSet<Instant> looks = looks(service);
			assertThat(looks).hasSize(20);
			assertThat(Duration.between(looks.first(), looks.last())).isLessThan(Duration.ofSeconds(10));
		}
	}

	@Test
	void whatAnInstanceLeftBehindIsFoundByAnother() {
		try (RunningService dead = this.database.service(Map.of());
				RunningService _ = this.database.service(Map.of("platform.outbox.poll-interval", "50ms"))) {
			dead.get(OutboxRelay.class).stop();
			dead.commit(this.key, 1, 3);
			await().until(() -> !dead.isWaiting(this.key));
			Published.of(this.key).assertCountsUp(this.key, 3);
		}
	}

	@Test
	void anInstanceThatStopsSendsItsLastEvents() {
		try (RunningService service = this.database.service(ONLY_WHEN_WOKEN)) {
			service.commit(this.key, 1, 50);
			service.get(OutboxRelay.class).stop();
			assertThat(service.isWaiting(this.key)).isFalse();
		}
	}

	private static Map<String, String> with(String property, String value) {
		Map<String, String> properties = new HashMap<>(ONLY_WHEN_WOKEN);
		properties.put(property, value);
		return properties;
	}

	/** When batches were marked. */
	private static NavigableSet<Instant> looks(RunningService service) {
		return service.jdbc()
			.sql("select published_at from outbox")
			.query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.list()
			.stream()
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
