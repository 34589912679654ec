package io.microplatform.starter.event;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.process.RunningProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process dies, or stands still, between every two steps from the commit to the mark;
 * another one goes on.
 */
class OutboxCrashTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int EVENTS = 5;

	private final long key = ThreadLocalRandom.current().nextLong(1L << 52);

	private final Kafka kafka = LocalInfrastructure.shared().kafka();

	private final FreshDatabase database = FreshDatabase.create();

	private final RunningService survivor = this.database.service(Map.of());

	private final Effects effects = new Effects(this.survivor);

	@BeforeEach
	void eventsAreCommittedAndNotSent() {
		this.survivor.get(OutboxRelay.class).stop();
		this.survivor.commit(this.key, 1, EVENTS);
	}

	@AfterEach
	void stop() throws IOException {
		this.kafka.resume();
		this.survivor.close();
	}

	@Test
	void afterTheCommitAndBeforeSending() throws IOException {
		dies(Fault.Kind.DIES_BEFORE_SENDING, 1);
		assertThat(sent()).isEmpty();
		anotherGoesOn();
	}

	@Test
	void afterSendingAndBeforeTheAcknowledgement() throws IOException {
		dies(Fault.Kind.DIES_BEFORE_ACKNOWLEDGEMENT, 3);
		this.kafka.resume();
		anotherGoesOn();
	}

	@Test
	void inTheMiddleOfABatch() throws IOException {
		dies(Fault.Kind.DIES_AFTER_ACKNOWLEDGEMENT, 3);
		assertThat(sent()).containsExactly(1L, 2L, 3L);
		anotherGoesOn();
		assertThat(Collections.frequency(sent(), 3L)).isEqualTo(2);
	}

	@Test
	void afterTheAcknowledgementAndBeforeTheMark() throws IOException {
		dies(Fault.Kind.DIES_AFTER_ACKNOWLEDGEMENT, EVENTS);
		assertThat(sent()).containsExactly(1L, 2L, 3L, 4L, 5L);
		anotherGoesOn();
		assertThat(Collections.frequency(sent(), 5L)).isEqualTo(2);
	}

	@Test
	void aStoppedProcessIsReplacedAndWhatItSendsWhenItWakesUpHasNoEffect() throws IOException {
		// Longer than a process that has just started takes to send two events.
		RunningProcess stopped = this.database
			.process(faulty(Fault.Kind.STOPS_BEFORE_SENDING, 3, Map.of("platform.database.url",
					this.database.url() + "?options=-c%20idle_in_transaction_session_timeout=5s")));
		await().atMost(PATIENCE).until(() -> sent().equals(List.of(1L, 2L)));
		this.survivor.get(OutboxRelay.class).start();
		this.survivor.commit(this.key, EVENTS + 1, EVENTS + 3);
		await().atMost(PATIENCE).until(() -> !this.survivor.isWaiting(this.key));
		stopped.resume();
		await().atMost(PATIENCE).until(() -> Collections.frequency(sent(), 3L) == 2);
		stopped.kill();
		assertEverythingHasItsEffectOnce(EVENTS + 3);
	}

	private void dies(Fault.Kind kind, int count) throws IOException {
		RunningProcess victim = this.database.process(faulty(kind, count, Map.of()));
		await().atMost(PATIENCE).until(() -> !victim.isAlive());
		assertThat(this.survivor.isWaiting(this.key)).isTrue();
	}

	private Map<String, String> faulty(Fault.Kind kind, int count, Map<String, String> more) throws IOException {
		long broker = this.kafka.process().orElseThrow().pid();
		Map<String, String> all = new HashMap<>(Fault.of(kind, count, broker));
		all.putAll(more);
		return all;
	}

	private List<Long> sent() {
		return Published.of(this.key).numbers(this.key);
	}

	private void anotherGoesOn() {
		this.survivor.get(OutboxRelay.class).start();
		await().atMost(PATIENCE).until(() -> !this.survivor.isWaiting(this.key));
		assertEverythingHasItsEffectOnce(EVENTS);
	}

	private void assertEverythingHasItsEffectOnce(long last) {
		Published published = Published.of(this.key);
		published.assertFirstOccurrencesCountUp(this.key, last);
		this.effects.apply(published);
		this.effects.assertAppliedInOrder(last);
	}

}
