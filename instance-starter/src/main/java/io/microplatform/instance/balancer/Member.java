package io.microplatform.instance.balancer;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Live;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;

/**
 * One run of one instance, and what this caller has learnt of it. Thread-safe.
 */
final class Member {

	/** Added to the score of a service by an answer without an error. */
	static final int GOOD = 1;

	/** Added to the score of a service by an error. */
	static final int ERROR = -2;

	private static final Duration FORGIVEN_AFTER = Duration.ofMinutes(1);

	/** So that whoever collects metrics has seen the last. */
	private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

	private static final String ATTEMPTS = "balancer.attempts";

	private static final String NO_RELEASE = "none";

	private final ServiceInstance instance;

	private final String release;

	private final KeyedCalls keyedCalls;

	private final Live<EjectionProperties> properties;

	private final LongSupplier nanos;

	private final MeterRegistry meters;

	private final AtomicInteger inFlight = new AtomicInteger();

	private int failures;

	private int timeouts;

	/** Answers in a row that were errors. */
	private int errors;

	/** The score of the service before the first of these errors. */
	private long scoreBefore;

	/** In a row, each within a minute of the return from the one before. */
	private int ejections;

	/** When it came, or came back. */
	private long since;

	/** When the registry ceased to name it. */
	private long left;

	/** When to ask whether it may come back. */
	private long probeAt;

	private volatile boolean out;

	Member(ServiceInstance instance, Live<EjectionProperties> properties, LongSupplier nanos, MeterRegistry meters) {
		this.instance = instance;
		this.release = Objects.requireNonNullElse(metadata("release"), NO_RELEASE);
		this.keyedCalls = KeyedCalls.parse(metadata(KeyedCalls.METADATA));
		this.properties = properties;
		this.nanos = nanos;
		this.meters = meters;
		this.since = nanos.getAsLong();
	}

	ServiceInstance instance() {
		return this.instance;
	}

	/** Attempts that have not ended. */
	int inFlight() {
		return this.inFlight.get();
	}

	boolean isOut() {
		return this.out;
	}

	/**
	 * From 0 to 1: the share of a full one's requests that it should be considered for.
	 */
	synchronized double weight() {
		long rampUp = this.properties.get().rampUp().toNanos();
		long age = this.nanos.getAsLong() - this.since;
		return (age >= rampUp) ? 1 : Math.max(0.1, (double) age / rampUp);
	}

	void begin() {
		this.inFlight.incrementAndGet();
	}

	/**
	 * Ends an attempt.
	 * @param outcome of the attempt
	 * @param score of the service, with this attempt: {@link #GOOD} for each answer
	 * without an error and {@link #ERROR} for each error
	 * @return whether the instance is to be ejected
	 */
	boolean end(Outcome outcome, long score) {
		this.inFlight.decrementAndGet();
		this.meters
			.counter(ATTEMPTS, "service", this.instance.getServiceId(), "instance", name(), "release", this.release,
					"outcome", outcome.tag())
			.increment();
		return isTooMuch(outcome, score);
	}

	private synchronized boolean isTooMuch(Outcome outcome, long score) {
		EjectionProperties limits = this.properties.get();
		return switch (outcome) {
			case ANSWERED, IN_PROGRESS, SHED -> {
				forgive();
				yield false;
			}
			case ERRED -> isOnlyOneWithErrors(score, 2 * limits.failures());
			case BROKE_OFF -> ++this.failures >= limits.failures();
			case TIMED_OUT -> ++this.timeouts >= limits.timeouts();
			case REFUSED -> true;
			case NOT_SENT, ABANDONED -> false;
		};
	}

	/**
	 * Whether the instance answered with nothing but errors while the others did not. One
	 * error proves nothing, because the request may cause it at every instance. An error
	 * of another instance outweighs two of its good answers.
	 */
	private boolean isOnlyOneWithErrors(long score, int enough) {
		if (this.errors++ == 0) {
			this.scoreBefore = score - ERROR;
		}
		long scoreOfOthers = score - this.scoreBefore - (long) ERROR * this.errors;
		return this.errors >= enough && scoreOfOthers >= enough;
	}

	private void forgive() {
		this.failures = 0;
		this.timeouts = 0;
		this.errors = 0;
	}

	synchronized void eject() {
		EjectionProperties limits = this.properties.get();
		long now = this.nanos.getAsLong();
		if (now - this.since > FORGIVEN_AFTER.toNanos()) {
			this.ejections = 0;
		}
		Duration time = limits.time().multipliedBy(1L << Math.min(this.ejections, 20));
		this.ejections++;
		this.probeAt = now + Math.min(time.toNanos(), limits.maxTime().toNanos());
		this.out = true;
	}

	/** Whether it has been out for long enough to be asked whether it is well. */
	synchronized boolean isToBeProbed() {
		return this.out && this.nanos.getAsLong() - this.probeAt >= 0;
	}

	/** Out for a little longer, after a probe without success. */
	synchronized void stayOut() {
		this.probeAt = this.nanos.getAsLong() + this.properties.get().time().toNanos();
	}

	synchronized void comeBack() {
		forgive();
		this.since = this.nanos.getAsLong();
		this.out = false;
	}

	/** The registry does not name it any more. */
	synchronized void leave() {
		this.left = this.nanos.getAsLong();
	}

	/** Of one that has left. */
	synchronized boolean isLongGone() {
		return this.nanos.getAsLong() - this.left > FORGOTTEN_AFTER.toNanos();
	}

	void forgetCounts() {
		this.meters.find(ATTEMPTS)
			.tag("service", this.instance.getServiceId())
			.tag("instance", name())
			.counters()
			.forEach(this.meters::remove);
	}

	/** What to ask for its health. */
	URI probe() {
		String management = metadata("management.port");
		int port = (management != null) ? Integer.parseInt(management) : this.instance.getPort();
		return URI.create(String.format(Locale.ROOT, "%s://%s:%d%s", this.instance.isSecure() ? "https" : "http",
				this.instance.getHost(), port, this.properties.get().probePath()));
	}

	private @Nullable String metadata(String key) {
		@Nullable Map<String, String> metadata = this.instance.getMetadata();
		return (metadata != null) ? metadata.get(key) : null;
	}

	/** As it says itself, {@link #NO_RELEASE} when it does not. */
	String release() {
		return this.release;
	}

	/** As it says itself. */
	KeyedCalls keyedCalls() {
		return this.keyedCalls;
	}

	String name() {
		@Nullable String id = this.instance.getInstanceId();
		return (id != null) ? id : this.instance.getHost() + ":" + this.instance.getPort();
	}

	@Override
	public String toString() {
		return name();
	}

}
