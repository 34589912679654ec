package io.microplatform.acceptance.client;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * How a good client asks again: after what passes (no connection, no answer, 5xx, 408,
 * 429, or 409 with {@code Retry-After}), with pauses that grow and are drawn by chance,
 * and not for ever. Only for requests that may be repeated. Counts what it went over.
 * Thread-safe.
 *
 * @see <a href=
 * "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>
 */
public final class Patience {

	private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

	private static final int CONFLICT = 409;

	private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private final Duration limit;

	private final Map<String, LongAdder> setbacks = new ConcurrentHashMap<>();

	/**
	 * Patience that ends.
	 * @param limit after which the last answer, or failure, is taken as it is
	 */
	public Patience(Duration limit) {
		this.limit = limit;
	}

	Reply exchange(Supplier<Reply> attempt) {
		long end = System.nanoTime() + this.limit.toNanos();
		Duration pause = FIRST_PAUSE;
		while (true) {
			try {
				Reply reply = attempt.get();
				if (!passes(reply) || System.nanoTime() > end) {
					return reply;
				}
				count(Integer.toString(reply.status()));
			}
			catch (UncheckedIOException ex) {
				if (System.nanoTime() > end) {
					throw ex;
				}
				count(Objects.requireNonNullElse(ex.getCause(), ex).getClass().getSimpleName());
			}
			LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause.toNanos()));
			Duration twice = pause.multipliedBy(2);
			pause = (twice.compareTo(LONGEST_PAUSE) < 0) ? twice : LONGEST_PAUSE;
		}
	}

	private static boolean passes(Reply reply) {
		return PASSING.contains(reply.status())
				|| (reply.status() == CONFLICT && reply.header("Retry-After").isPresent());
	}

	private void count(String kind) {
		this.setbacks.computeIfAbsent(kind, (name) -> new LongAdder()).increment();
	}

	/**
	 * How many answers it went over, by kind: a status, or the name of an exception.
	 * @return the counts
	 */
	public Map<String, Long> setbacks() {
		Map<String, Long> counts = new TreeMap<>();
		this.setbacks.forEach((kind, count) -> counts.put(kind, count.sum()));
		return counts;
	}

}
