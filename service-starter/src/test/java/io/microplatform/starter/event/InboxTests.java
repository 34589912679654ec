package io.microplatform.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.starter.event.Effects.Counted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What arrives is applied once.
 */
class InboxTests {

	private final FreshDatabase database = FreshDatabase.create();

	private final RunningService service = this.database.service(Map.of());

	private final Effects effects = new Effects(this.service);

	@AfterEach
	void stop() {
		this.service.close();
	}

	@Test
	void anEventThatComesAgainHasNoEffect() {
		Message<byte[]> event = event(1);
		consumer("one").accept(event);
		consumer("one").accept(event(2));
		consumer("one").accept(event);
		assertThat(this.effects.applied()).containsExactly(1L, 2L);
		assertThat(events("applied")).isEqualTo(2);
		assertThat(events("duplicate")).isEqualTo(1);
	}

	@Test
	void anEventThatArrivesAtManyInstancesAtOnceHasOneEffect() throws ExecutionException, InterruptedException {
		try (RunningService other = this.database.service(Map.of())) {
			List<EventConsumer> consumers = List.of(consumer("one"), consumer(other, "one"));
			Message<byte[]> event = event(1);
			List<Future<?>> deliveries = new ArrayList<>();
			try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
				IntStream.range(0, 20)
					.forEach((i) -> deliveries
						.add(executor.submit(() -> consumers.get(i % consumers.size()).accept(event))));
			}
			for (Future<?> delivery : deliveries) {
				delivery.get();
			}
		}
		assertThat(this.effects.applied()).containsExactly(1L);
	}

	@Test
	void anEffectThatFailsIsForgottenAndComesAgain() {
		AtomicBoolean fails = new AtomicBoolean(true);
		EventConsumer consumer = this.service.get(Inbox.class)
			.consumer("failing")
			.on(RunningService.TYPE, Counted.class, (event) -> {
				insert(this.service, event);
				this.service.append(1, event.number());
				if (fails.get()) {
					throw new IllegalStateException("after the effect");
				}
			});
		Message<byte[]> event = event(1);
		assertThatIllegalStateException().isThrownBy(() -> consumer.accept(event));
		assertThat(this.effects.applied()).isEmpty();
		assertThat(this.service.jdbc().sql("select count(*) from inbox").query(Long.class).single()).isZero();
		assertThat(this.service.jdbc().sql("select count(*) from outbox").query(Long.class).single()).isZero();
		fails.set(false);
		consumer.accept(event);
		assertThat(this.effects.applied()).containsExactly(1L);
	}

	@Test
	void twoConsumersOfAServiceApplyTheSameEventEach() {
		Message<byte[]> event = event(1);
		consumer("one").accept(event);
		consumer("two").accept(event);
		consumer("two").accept(event);
		assertThat(this.effects.applied()).containsExactly(1L, 1L);
	}

	@Test
	void aTypeThatNobodyAskedForIsNotRemembered() {
		this.service.get(Inbox.class).consumer("one").accept(event(1));
		consumer("one").accept(event(1));
		assertThat(this.effects.applied()).containsExactly(1L);
	}

	private double events(String outcome) {
		return this.service.get(MeterRegistry.class).get("inbox.events").tag("outcome", outcome).counter().count();
	}

	private EventConsumer consumer(String name) {
		return consumer(this.service, name);
	}

	private static EventConsumer consumer(RunningService service, String name) {
		return service.get(Inbox.class)
			.consumer(name)
			.on(RunningService.TYPE, Counted.class, (event) -> insert(service, event));
	}

	private static void insert(RunningService service, Counted event) {
		service.jdbc().sql("insert into effect (number) values (:number)").param("number", event.number()).update();
	}

	private static Message<byte[]> event(long number) {
		return MessageBuilder
			.withPayload(String.format(Locale.ROOT, "{\"number\":%d}", number).getBytes(StandardCharsets.UTF_8))
			.setHeader(CloudEvent.ID, UUID.randomUUID().toString())
			.setHeader(CloudEvent.TYPE, RunningService.TYPE)
			.build();
	}

}
