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
 * 429, or 409 with {@code Retry-After}), not before {@code Retry-After}, with pauses that
 * grow and are drawn by chance, and only until a limit. Clients that wait for a service
 * take little from its start that way. Only for requests that may be repeated. Counts
 * what it went over. Thread-safe.
 *
 * @see <a href=
 * "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>
 */
public final class Patience {

	private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

	private static final int CONFLICT = 409;

	private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	private final Duration limit;

	private final Duration longestPause;

	private final Map<String, LongAdder> setbacks = new ConcurrentHashMap<>();

	/**
	 * Patience that ends.
	 * @param limit after which the last answer, or failure, is taken as it is
	 */
	public Patience(Duration limit) {
		this(limit, LONGEST_PAUSE);
	}

	/**
	 * Patience that ends, with pauses of another length.
	 * @param limit after which the last answer, or failure, is taken as it is
	 * @param longestPause the bound on the pauses drawn by chance
	 */
	public Patience(Duration limit, Duration longestPause) {
		this.limit = limit;
		this.longestPause = longestPause;
	}

	Reply exchange(Supplier<Reply> attempt) {
		long end = System.nanoTime() + this.limit.toNanos();
		Duration pause = FIRST_PAUSE;
		while (true) {
			Duration retryAfter = Duration.ZERO;
			try {
				Reply reply = attempt.get();
				if (!passes(reply) || System.nanoTime() > end) {
					return reply;
				}
				retryAfter = reply.header("Retry-After").map(Long::valueOf).map(Duration::ofSeconds).orElse(retryAfter);
				count(Integer.toString(reply.status()));
			}
			catch (UncheckedIOException ex) {
				if (System.nanoTime() > end) {
					throw ex;
				}
				count(Objects.requireNonNullElse(ex.getCause(), ex).getClass().getSimpleName());
			}
			LockSupport
				.parkNanos(Math.max(retryAfter.toNanos(), ThreadLocalRandom.current().nextLong(pause.toNanos())));
			Duration twice = pause.multipliedBy(2);
			pause = (twice.compareTo(this.longestPause) < 0) ? twice : this.longestPause;
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
