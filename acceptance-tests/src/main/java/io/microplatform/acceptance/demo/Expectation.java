package io.microplatform.acceptance.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Something that should be so, at once or soon.
 *
 * @param <T> the type of what is looked at
 * @param text what should be so, as in {@code status CONFIRMED}
 * @param holds whether it is
 * @param show shows in a few words what is there instead
 */
record Expectation<T>(String text, Predicate<T> holds, Function<T, String> show) {

	private static final Duration BOUND = Duration.ofSeconds(15);

	private static final Duration INTERVAL = Duration.ofMillis(50);

	/**
	 * Goes on only when it is so now.
	 * @param seen what is there
	 * @return what is there
	 */
	T of(T seen) {
		if (!this.holds.test(seen)) {
			throw new IllegalStateException("expected " + this.text + ", saw " + this.show.apply(seen));
		}
		return seen;
	}

	/**
	 * Looks again and again until it is so, for 15 seconds.
	 * @param look looks at what is there
	 * @return what is there in the end
	 */
	T soon(Supplier<T> look) {
		long end = System.nanoTime() + BOUND.toNanos();
		T seen = look.get();
		while (!this.holds.test(seen)) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException(String.format(Locale.ROOT, "expected %s within %d s, saw %s", this.text,
						BOUND.toSeconds(), this.show.apply(seen)));
			}
			LockSupport.parkNanos(INTERVAL.toNanos());
			seen = look.get();
		}
		return seen;
	}

}
