package io.microplatform.starter.event;

import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts, for this instance, what its consumers could not apply. Thread-safe.
 */
final class ConsumerMetrics {

	private final MeterRegistry registry;

	ConsumerMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	void willBeRetried(String topic, Failure failure) {
		Counter.builder("consumer.retries")
			.description("Attempts that failed and will be made again")
			.tag("topic", topic)
			.tag("kind", failure.kind().name().toLowerCase(Locale.ROOT))
			.register(this.registry)
			.increment();
	}

	void deadLettered(String topic, Failure failure) {
		Counter.builder("consumer.dead.letters")
			.description("Messages that were given up, by the exception that was the reason")
			.tag("topic", topic)
			.tag("reason", failure.reason().getClass().getSimpleName())
			.register(this.registry)
			.increment();
	}

}
