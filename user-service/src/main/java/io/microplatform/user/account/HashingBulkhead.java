package io.microplatform.user.account;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.ProblemException;

import org.springframework.http.HttpHeaders;

/**
 * A {@link Bulkhead} for password hashing, which uses a processor for far longer than any
 * other request. It leaves half of the processors to other requests. Waiting requests are
 * served in order of arrival, and hold neither a processor nor a database connection.
 * Thread-safe.
 */
final class HashingBulkhead {

	private static final String NAME = "password-hashing";

	private static final String RETRY_AFTER_SECONDS = "1";

	private final Bulkhead bulkhead;

	private final Refreshable<HashingProperties> properties;

	private final Consumer<Runnable> waiter;

	private final AtomicInteger waiting = new AtomicInteger();

	/**
	 * Creates the bulkhead.
	 * @param bulkheads the registry of the bulkheads that have metrics
	 * @param properties the maximum wait, read at each call
	 * @param waiter runs the wait in the calling thread
	 * @param meters registers the number of waiting requests
	 */
	HashingBulkhead(BulkheadRegistry bulkheads, Refreshable<HashingProperties> properties, Consumer<Runnable> waiter,
			MeterRegistry meters) {
		this.properties = properties;
		this.waiter = waiter;
		this.bulkhead = bulkheads.bulkhead(NAME,
				BulkheadConfig.custom()
					.maxConcurrentCalls(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
					.maxWaitDuration(properties.get().hashingWait())
					.writableStackTraceEnabled(false)
					.build());
		Gauge.builder("password.hashing.waiting", this.waiting::get)
			.description("Logins and registrations that wait until their password can be hashed")
			.register(meters);
	}

	/**
	 * Hashes when the bulkhead permits it.
	 * @param <T> the type of the result
	 * @param hashing hashes or compares passwords
	 * @return its result
	 * @throws ProblemException 503 if the wait exceeds the maximum
	 */
	<T> T execute(Supplier<T> hashing) {
		acquire();
		try {
			return hashing.get();
		}
		finally {
			this.bulkhead.onComplete();
		}
	}

	/**
	 * Hashes if no password is waiting to be hashed.
	 * @param <T> the type of the result
	 * @param hashing the hashing
	 * @return its result, empty if it would have had to wait
	 */
	<T> Optional<T> executeIfFree(Supplier<T> hashing) {
		return (this.waiting.get() == 0 && this.bulkhead.getMetrics().getAvailableConcurrentCalls() > 0)
				? Optional.of(execute(hashing)) : Optional.empty();
	}

	private void acquire() {
		followConfiguration();
		this.waiting.incrementAndGet();
		try {
			this.waiter.accept(this.bulkhead::acquirePermission);
		}
		catch (BulkheadFullException ex) {
			throw new ProblemException(ProblemKind.UNAVAILABLE,
					"Too many passwords are being hashed. The request had no effect; try again in 1 s.")
				.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
		}
		finally {
			this.waiting.decrementAndGet();
		}
	}

	private void followConfiguration() {
		BulkheadConfig present = this.bulkhead.getBulkheadConfig();
		Duration wait = this.properties.get().hashingWait();
		if (!present.getMaxWaitDuration().equals(wait)) {
			this.bulkhead.changeConfig(BulkheadConfig.from(present).maxWaitDuration(wait).build());
		}
	}

}
