package io.microplatform.instance.balancer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Live;

/**
 * One request, and the attempts that are made at it: the only place in the platform where
 * a request is repeated. Thread-safe, because an attempt may be answered in the moment in
 * which it is given up.
 */
public final class Call {

	private final String service;

	private final InstancePool pool;

	private final ReleaseChoice release;

	private final Live<RetryProperties> properties;

	private final RetryBudget budget;

	private final MeterRegistry meters;

	private final Harmless harmless;

	private final LongSupplier nanos;

	private final long began;

	private final List<Member> tried = new CopyOnWriteArrayList<>();

	/** Attempts with which something was sent. */
	private final AtomicInteger sent = new AtomicInteger();

	Call(String service, InstancePool pool, ReleaseChoice release, Live<RetryProperties> properties, RetryBudget budget,
			MeterRegistry meters, LongSupplier nanos, Harmless harmless) {
		this.service = service;
		this.pool = pool;
		this.release = release;
		this.properties = properties;
		this.budget = budget;
		this.meters = meters;
		this.harmless = harmless;
		this.nanos = nanos;
		this.began = nanos.getAsLong();
		budget.request();
	}

	/**
	 * Whether the release to which the request must go is none that an instance of the
	 * service has, although there are instances.
	 */
	public boolean isOfUnknownRelease() {
		return this.pool.isOfUnknownRelease(this.release);
	}

	/**
	 * Begins an attempt, at an instance that has not been tried in vain: of the same
	 * release as the attempt before, as long as there is one.
	 * @return the attempt; empty when there is no such instance
	 */
	public Optional<Attempt> attempt() {
		return this.pool.choose(this.tried, this.release).map((member) -> new Attempt(this, member));
	}

	void ended(Member member, Outcome outcome) {
		if (outcome != Outcome.IN_PROGRESS) {
			this.tried.add(member);
		}
		if (!outcome.nothingWasSent()) {
			this.sent.incrementAndGet();
		}
		this.pool.ended(member, outcome);
	}

	/**
	 * Decides what to do about an attempt that has ended without a good answer. Where
	 * nothing was sent any request may be sent again, at once. Otherwise it must be one
	 * that does no harm when it is repeated, and there is a limit for each request and a
	 * budget for all. Neither a request that was not answered in time nor one that was
	 * answered with an error is repeated. That a request is still being worked on is no
	 * answer for the client when it was this call that sent it before: it is asked for
	 * until it is done, for {@link RetryProperties#inProgressTimeout()}.
	 * @param outcome of the attempt
	 * @return how long to wait before another attempt; empty when there is to be none
	 */
	public Optional<Duration> again(Outcome outcome) {
		RetryProperties now = this.properties.get();
		if (outcome.nothingWasSent()) {
			return hasAnother() ? count(outcome, Duration.ZERO) : Optional.empty();
		}
		if (outcome == Outcome.IN_PROGRESS) {
			return (isOurs(now) && this.budget.spend()) ? count(outcome, backoff(now)) : Optional.empty();
		}
		boolean mayPass = outcome == Outcome.BROKE_OFF || outcome == Outcome.SHED;
		return (mayPass && mayBeRepeated(now) && hasAnother() && this.budget.spend()) ? count(outcome, backoff(now))
				: Optional.empty();
	}

	/**
	 * Gives up an attempt that has not been answered for
	 * {@link RetryProperties#attemptTimeout()}, if there is to be another one. If not, it
	 * is better to go on waiting; nor is a slow answer a reason to turn to a release that
	 * weighs nothing.
	 * @param attempt the attempt
	 * @return whether it was given up: then it has ended, and another one is due at once
	 */
	public boolean giveUp(Attempt attempt) {
		if (this.sent.get() + 1 >= this.properties.get().maxAttempts() || !attempt.mayGoToAnother()
				|| !this.budget.spend()) {
			return false;
		}
		attempt.end(Outcome.TIMED_OUT);
		count(Outcome.TIMED_OUT, Duration.ZERO);
		return true;
	}

	/** Whether another instance may get the request, which one has now. */
	boolean mayGoToAnotherThan(Member member) {
		List<Member> used = new ArrayList<>(this.tried);
		used.add(member);
		return this.harmless.among(this.pool.with(used)) && this.pool.hasAlternative(used, this.release);
	}

	private boolean hasAnother() {
		return this.pool.hasAnother(this.tried, this.release);
	}

	/** Whether what is being worked on may be an attempt of before, and not for ever. */
	private boolean isOurs(RetryProperties now) {
		return this.sent.get() > 1 && this.nanos.getAsLong() - this.began < now.inProgressTimeout().toNanos();
	}

	private boolean mayBeRepeated(RetryProperties now) {
		return this.sent.get() < now.maxAttempts() && this.harmless.among(this.pool.with(this.tried));
	}

	private Optional<Duration> count(Outcome reason, Duration pause) {
		this.meters.counter("balancer.retries", "service", this.service, "reason", reason.tag()).increment();
		return Optional.of(pause);
	}

	private Duration backoff(RetryProperties now) {
		Duration whole = now.backoff().multipliedBy(1L << Math.min(this.sent.get() - 1, 20));
		long longest = Math.min(whole.toNanos(), now.maxBackoff().toNanos());
		return Duration.ofNanos(ThreadLocalRandom.current().nextLong(longest + 1));
	}

}
