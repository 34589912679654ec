package io.microplatform.lab.client;

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
 * Retry policy of a well-behaved client, with exponential backoff and full jitter.
 * Retries requests without a response and responses with status 408, 429, 500, 502, 503,
 * 504, or 409 with {@code Retry-After}, until a time limit is reached. Honors
 * {@code Retry-After}, so that waiting clients leave a starting service enough CPU time.
 * Must only be used for repeatable requests. Counts the retries. Thread-safe.
 *
 * @see <a href=
 * "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
 * Backoff And Jitter</a>
 */
public final class RetryPolicy {

	private static final Set<Integer> TRANSIENT = Set.of(408, 429, 500, 502, 503, 504);

	private static final int CONFLICT = 409;

	private static final Duration INITIAL_BACKOFF = Duration.ofMillis(50);

	private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

	private final Duration limit;

	private final Duration maxBackoff;

	private final Map<String, LongAdder> retries = new ConcurrentHashMap<>();

	/**
	 * Creates a policy with a time limit.
	 * @param limit the time after which the last response or failure is returned to the
	 * caller
	 */
	public RetryPolicy(Duration limit) {
		this(limit, MAX_BACKOFF);
	}

	/**
	 * Creates a policy with a time limit and an upper bound for the backoff.
	 * @param limit the time after which the last response or failure is returned to the
	 * caller
	 * @param maxBackoff the maximum pause, unless {@code Retry-After} is longer
	 */
	public RetryPolicy(Duration limit, Duration maxBackoff) {
		this.limit = limit;
		this.maxBackoff = maxBackoff;
	}

	Reply exchange(Supplier<Reply> attempt) {
		long end = System.nanoTime() + this.limit.toNanos();
		Duration backoff = INITIAL_BACKOFF;
		while (true) {
			Duration retryAfter = Duration.ZERO;
			try {
				Reply reply = attempt.get();
				if (!isTransient(reply) || System.nanoTime() > end) {
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
				.parkNanos(Math.max(retryAfter.toNanos(), ThreadLocalRandom.current().nextLong(backoff.toNanos())));
			Duration doubled = backoff.multipliedBy(2);
			backoff = (doubled.compareTo(this.maxBackoff) < 0) ? doubled : this.maxBackoff;
		}
	}

	private static boolean isTransient(Reply reply) {
		return TRANSIENT.contains(reply.status())
				|| (reply.status() == CONFLICT && reply.header("Retry-After").isPresent());
	}

	private void count(String kind) {
		this.retries.computeIfAbsent(kind, (name) -> new LongAdder()).increment();
	}

	/**
	 * Returns the number of retries by cause: a response status, or the simple name of an
	 * exception.
	 * @return the counts
	 */
	public Map<String, Long> retries() {
		Map<String, Long> counts = new TreeMap<>();
		this.retries.forEach((kind, count) -> counts.put(kind, count.sum()));
		return counts;
	}

}
