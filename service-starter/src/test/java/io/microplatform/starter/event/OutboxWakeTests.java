package io.microplatform.starter.event;

import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

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

}
