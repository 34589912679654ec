package io.microplatform.lab.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A named condition that a value must meet, immediately or eventually.
 *
 * @param <T> the type of the value
 * @param text the condition in words, such as {@code status CONFIRMED}
 * @param holds the condition
 * @param show describes the actual value in a few words
 */
record Expectation<T>(String text, Predicate<T> holds, Function<T, String> show) {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private static final Duration INTERVAL = Duration.ofMillis(50);

	/**
	 * Requires that a value meets the condition.
	 * @param actual the value
	 * @return the value
	 */
	T require(T actual) {
		if (!this.holds.test(actual)) {
			throw new IllegalStateException("expected " + this.text + ", saw " + this.show.apply(actual));
		}
		return actual;
	}

	/**
	 * Polls until a value meets the condition, for at most 15 seconds.
	 * @param source supplies the current value
	 * @return the value that meets the condition
	 */
	T await(Supplier<T> source) {
		long end = System.nanoTime() + TIMEOUT.toNanos();
		T actual = source.get();
		while (!this.holds.test(actual)) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException(String.format(Locale.ROOT, "expected %s within %d s, saw %s", this.text,
						TIMEOUT.toSeconds(), this.show.apply(actual)));
			}
			LockSupport.parkNanos(INTERVAL.toNanos());
			actual = source.get();
		}
		return actual;
	}

}
