package io.microplatform.instance.balancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.microplatform.instance.configuration.Refreshable;

/**
 * One request and the attempts at it. This is the only place in the platform that decides
 * whether a request is sent again. Thread-safe, because an attempt may be answered at the
 * moment at which it is given up.
 */
public final class BalancedRequest {

	private final InstancePool pool;

	private final ReleaseChoice release;

	private final Idempotency idempotency;

	private final Refreshable<RetryProperties> properties;

	private final RetryBudget budget;

	private final LongSupplier nanos;

	private final long start;

	private final List<TrackedInstance> tried = new CopyOnWriteArrayList<>();

	/** The number of attempts that may have reached an instance. */
	private final AtomicInteger sent = new AtomicInteger();

	BalancedRequest(InstancePool pool, ReleaseChoice release, Idempotency idempotency,
			Refreshable<RetryProperties> properties, RetryBudget budget, LongSupplier nanos) {
		this.pool = pool;
		this.release = release;
		this.idempotency = idempotency;
		this.properties = properties;
		this.budget = budget;
		this.nanos = nanos;
		this.start = nanos.getAsLong();
		budget.request();
	}

	/**
	 * Whether the service has instances, but none of the release that the request must go
	 * to.
	 */
	public boolean isOfUnknownRelease() {
		return this.pool.isUnknown(this.release);
	}

	/**
	 * Begins an attempt at an instance that the request was not sent to without success:
	 * one of the same release as before, as long as there is one.
	 * @return the attempt, empty if there is no such instance
	 */
	public Optional<Attempt> attempt() {
		return this.pool.choose(this.tried, this.release)
			.map((instance) -> new Attempt(instance, (outcome) -> ended(instance, outcome)));
	}

	private void ended(TrackedInstance instance, AttemptOutcome outcome) {
		instance.end();
		if (outcome != AttemptOutcome.IN_PROGRESS) {
			this.tried.add(instance);
		}
		if (!outcome.nothingWasSent()) {
			this.sent.incrementAndGet();
		}
		// An error of a request that can go to one release only says nothing of the
		// instance: the instances of other releases are not asked.
		boolean proves = outcome != AttemptOutcome.ERRED || !this.release.isRequested();
		this.pool.learn(instance, proves ? outcome : AttemptOutcome.ABANDONED);
	}

	/**
	 * Decides whether the request is sent again after an attempt.
	 * <ul>
	 * <li>A request that was not sent is sent again at once, whatever it is.</li>
	 * <li>After a broken connection or a 503 it is sent again if it is idempotent, within
	 * the limit of attempts and the {@link RetryBudget}.</li>
	 * <li>If an earlier attempt at this request is still in progress, the client is not
	 * told so. The request is sent again until the earlier attempt ends, for
	 * {@link RetryProperties#inProgressTimeout()}.</li>
	 * <li>A request that an instance answered, with an error or not, or did not answer in
	 * time, is not sent again.</li>
	 * </ul>
	 * @param outcome the outcome of the attempt
	 * @return how long to wait before the next attempt, empty if there is none
	 */
	public Optional<Duration> retryDelay(AttemptOutcome outcome) {
		RetryProperties now = this.properties.get();
		boolean isSentAgain = switch (outcome) {
			case REFUSED, NOT_SENT -> hasOther();
			case IN_PROGRESS -> mayBeInProgressForThis(now) && this.budget.spend();
			case BROKE_OFF, SHED ->
				this.sent.get() < now.maxAttempts() && isIdempotent(this.tried) && hasOther() && this.budget.spend();
			case ANSWERED, ERRED, TIMED_OUT, ABANDONED -> false;
		};
		if (!isSentAgain) {
			return Optional.empty();
		}
		this.pool.countRetry(outcome);
		return Optional.of(outcome.nothingWasSent() ? Duration.ZERO : backoff(now));
	}

	/**
	 * Gives up an attempt that has not been answered for
	 * {@link RetryProperties#attemptTimeout()}, if the request may be sent to another
	 * instance. Otherwise it is better to go on waiting.
	 * @param attempt the attempt
	 * @return whether the attempt has been ended, and the next one is due at once
	 */
	public boolean giveUp(Attempt attempt) {
		List<TrackedInstance> used = new ArrayList<>(this.tried);
		used.add(attempt.tracked());
		if (this.sent.get() + 1 >= this.properties.get().maxAttempts() || !isIdempotent(used)
				|| !this.pool.hasAlternative(used, this.release) || !this.budget.spend()) {
			return false;
		}
		attempt.end(AttemptOutcome.TIMED_OUT);
		this.pool.countRetry(AttemptOutcome.TIMED_OUT);
		return true;
	}

	private boolean hasOther() {
		return !this.pool.others(this.tried, this.release).isEmpty();
	}

	private boolean isIdempotent(Collection<TrackedInstance> used) {
		return this.idempotency.isGuaranteedBy(this.pool.registered()) && this.idempotency.isGuaranteedBy(used);
	}

	private boolean mayBeInProgressForThis(RetryProperties now) {
		return this.sent.get() > 1 && this.nanos.getAsLong() - this.start < now.inProgressTimeout().toNanos();
	}

	private Duration backoff(RetryProperties now) {
		Duration whole = now.backoff().multipliedBy(1L << Math.min(this.sent.get() - 1, 20));
		long longest = Math.min(whole.toNanos(), now.maxBackoff().toNanos());
		return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest + 1));
	}

}
