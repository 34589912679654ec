package io.microplatform.starter.event;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Events that cannot be sent, however well the broker is.
 */
class ParkingTests {

	private final long key = ThreadLocalRandom.current().nextLong(1L << 52);

	private final long otherKey = this.key + 1;

	private final RunningService service = FreshDatabase.create()
		.service(Map.of("platform.outbox.retry-delay", "20ms", "platform.outbox.poll-interval", "20ms"));

	@AfterEach
	void stop() {
		this.service.close();
	}

	/** All of them are in one batch: what must not be sent could be. */
	@Test
	void anEventThatIsTooLargeIsParkedAndHoldsUpItsOwnKeyOnly() {
		OutboxRelay relay = this.service.get(OutboxRelay.class);
		relay.stop();
		this.service.commit(this.key, 1, 1);
		commitTooLarge();
		this.service.commit(this.key, 3, 4);
		this.service.commit(this.otherKey, 1, 20);
		relay.start();
		await().until(() -> isParked() && !this.service.isWaiting(this.otherKey));
		assertThat(this.service.counted("parked")).isEqualTo(1);
		assertThat(this.service.counted("failed")).isEqualTo(3);
		Published published = Published.of((one) -> one == this.key || one == this.otherKey);
		published.assertCountsUp(this.key, 1);
		published.assertCountsUp(this.otherKey, 20);
		OutboxMetrics metrics = this.service.get(OutboxMetrics.class);
		metrics.run();
		assertThat(gauge("outbox.parked")).isEqualTo(1);
		assertThat(gauge("outbox.backlog")).isEqualTo(3);
		assertThat(gauge("outbox.age")).isPositive();
		assertThat(this.service.jdbc()
			.sql("select last_error from outbox where parked_at is not null")
			.query(String.class)
			.single()).contains("RecordTooLargeException");
	}

	@Test
	void whatWaitedBehindItIsSentOnceSomebodyGaveItUp() {
		commitTooLarge();
		this.service.commit(this.key, 1, 3);
		await().until(this::isParked);
		this.service.jdbc().sql("delete from outbox where parked_at is not null").update();
		await().until(() -> !this.service.isWaiting(this.key));
		Published.of(this.key).assertCountsUp(this.key, 3);
	}

	@Test
	void itIsTriedAnewOnceSomebodySaysSo() {
		commitTooLarge();
		await().until(this::isParked);
		this.service.jdbc().sql("""
				update outbox set attempts = 0, parked_at = null, data = '{"number":1}'
				where parked_at is not null""").update();
		await().until(() -> !this.service.isWaiting(this.key));
		Published.of(this.key).assertCountsUp(this.key, 1);
	}

	@Test
	void aTopicThatTheServiceDoesNotKnowIsRefusedAtOnce() {
		Outbox outbox = this.service.get(Outbox.class);
		this.service.inTransaction(() -> assertThatIllegalArgumentException()
			.isThrownBy(() -> outbox.append("nowhere", this.key, RunningService.TYPE, Map.of()))
			.withMessageContaining("nowhere"));
	}

	@Test
	void anEventForATopicThatTheServiceKnowsNoMoreIsParked() {
		this.service.jdbc()
			.sql("""
					insert into outbox (event_id, topic, message_key, type, data, occurred_at)
					values (:id, 'nowhere', :key, 'test.counted', '{}', now())""")
			.param("id", UUID.randomUUID())
			.param("key", Long.toString(this.key))
			.update();
		this.service.commit(this.otherKey, 1, 1);
		await().until(() -> isParked() && !this.service.isWaiting(this.otherKey));
	}

	private void commitTooLarge() {
		this.service.inTransaction(() -> this.service.get(Outbox.class)
			.append(RunningService.TOPIC, this.key, RunningService.TYPE, "x".repeat(2_000_000)));
	}

	/** The metric counts before the commit, and so before it is visible. */
	private boolean isParked() {
		return this.service.jdbc()
			.sql("select exists (select from outbox where parked_at is not null)")
			.query(Boolean.class)
			.single();
	}

	private double gauge(String name) {
		return this.service.get(MeterRegistry.class).get(name).gauge().value();
	}

}
