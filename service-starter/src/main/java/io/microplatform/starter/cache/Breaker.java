package io.microplatform.starter.cache;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.microplatform.instance.configuration.Live;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;

/**
 * A circuit breaker before Redis: after a command that failed everybody does without for
 * a pause, and then one goes ahead to see, so that a Redis that hangs costs one command's
 * timeout in every pause, not one in every request. Thread-safe.
 */
final class Breaker {

	private static final Logger log = LoggerFactory.getLogger(Breaker.class);

	/** As long as Redis answers. */
	private static final Instant CLOSED = Instant.MIN;

	private final AtomicReference<Instant> openUntil = new AtomicReference<>(CLOSED);

	private final Live<CacheProperties> properties;

	private final Clock clock;

	private final Counter failures;

	Breaker(Live<CacheProperties> properties, Clock clock, Counter failures) {
		this.properties = properties;
		this.clock = clock;
		this.failures = failures;
	}

	boolean isClosed() {
		return this.openUntil.get().equals(CLOSED);
	}

	/**
	 * Whether the caller may send a command. When it may although the breaker is not
	 * closed, it is the one to see, and has to send one.
	 */
	boolean letsThrough() {
		Instant end = this.openUntil.get();
		if (end.equals(CLOSED)) {
			return true;
		}
		return !this.clock.instant().isBefore(end) && this.openUntil.compareAndSet(end, pauseFromNow());
	}

	/**
	 * Sends a command.
	 * @return what came back, and nothing as well when it failed
	 */
	<R> Optional<R> attempt(Supplier<@Nullable R> command) {
		try {
			R result = command.get();
			this.openUntil.set(CLOSED);
			return Optional.ofNullable(result);
		}
		catch (DataAccessException ex) {
			this.failures.increment();
			this.openUntil.set(pauseFromNow());
			log.debug("Redis did not answer", ex);
			return Optional.empty();
		}
	}

	private Instant pauseFromNow() {
		return this.clock.instant().plus(this.properties.get().pauseAfterFailure());
	}

}
