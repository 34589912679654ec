package io.microplatform.instance.balancer;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A {@link ServiceInstance} and what this caller has learned about it. Thread-safe.
 */
final class TrackedInstance {

	/** Between two ejections, after which the second is as short as the first. */
	private static final Duration EJECTION_MEMORY = Duration.ofMinutes(1);

	private static final String ATTEMPTS = "balancer.attempts";

	private final ServiceInstance instance;

	private final String release;

	private final KeyedCalls keyedCalls;

	private final Refreshable<EjectionProperties> properties;

	private final LongSupplier nanos;

	private final MeterRegistry meters;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final FailureStreak failures = new FailureStreak();

	/**
	 * In a row, each within {@link #EJECTION_MEMORY} of the return from the one before.
	 */
	private int ejections;

	/** When the instance was seen first, or returned from its last ejection. */
	private long rampUpStart;

	/** When the registry named the instance last. */
	private volatile long lastSeen;

	private long nextProbe;

	private volatile boolean ejected;

	TrackedInstance(ServiceInstance instance, Refreshable<EjectionProperties> properties, LongSupplier nanos,
			MeterRegistry meters) {
		this.instance = instance;
		this.release = Objects.requireNonNullElse(metadata("release"), "none");
		this.keyedCalls = KeyedCalls.parse(metadata(KeyedCalls.METADATA));
		this.properties = properties;
		this.nanos = nanos;
		this.meters = meters;
		this.rampUpStart = nanos.getAsLong();
		this.lastSeen = this.rampUpStart;
	}

	ServiceInstance instance() {
		return this.instance;
	}

	/** The release that the instance registered, {@code none} without one. */
	String release() {
		return this.release;
	}

	KeyedCalls keyedCalls() {
		return this.keyedCalls;
	}

	/** The number of attempts that have not ended. */
	int inFlight() {
		return this.inFlight.get();
	}

	boolean isEjected() {
		return this.ejected;
	}

	/**
	 * The share of its requests, from 0 to 1, that the instance is considered for while
	 * it warms up.
	 */
	synchronized double weight() {
		long rampUp = this.properties.get().rampUp().toNanos();
		long age = this.nanos.getAsLong() - this.rampUpStart;
		return (age >= rampUp) ? 1 : Math.max(0.1, (double) age / rampUp);
	}

	void begin() {
		this.inFlight.incrementAndGet();
	}

	void end() {
		this.inFlight.decrementAndGet();
	}

	/**
	 * Learns from the outcome of an attempt.
	 * @param outcome the outcome
	 * @param score adds the outcome to the score of the service, and returns it; called
	 * while no other outcome of this instance is counted
	 * @return whether the instance is to be ejected
	 */
	boolean learn(AttemptOutcome outcome, LongSupplier score) {
		Counter.builder(ATTEMPTS)
			.description("Attempts at an instance, by their outcome")
			.tags("upstream", upstream(), "upstream.instance", name(), "upstream.release", this.release, "outcome",
					outcome.tag())
			.register(this.meters)
			.increment();
		synchronized (this) {
			return this.failures.add(outcome, score.getAsLong(), this.properties.get());
		}
	}

	synchronized void eject() {
		EjectionProperties limits = this.properties.get();
		long now = this.nanos.getAsLong();
		if (now - this.rampUpStart > EJECTION_MEMORY.toNanos()) {
			this.ejections = 0;
		}
		Duration time = limits.time().multipliedBy(1L << Math.min(this.ejections, 20));
		this.ejections++;
		this.nextProbe = now + Math.min(time.toNanos(), limits.maxTime().toNanos());
		this.ejected = true;
	}

	/** Whether the instance has been ejected for long enough to be probed. */
	synchronized boolean isProbeDue() {
		return this.ejected && this.nanos.getAsLong() - this.nextProbe >= 0;
	}

	/** Puts the next probe off, until this one has an answer. */
	synchronized void deferProbe() {
		this.nextProbe = this.nanos.getAsLong() + this.properties.get().time().toNanos();
	}

	/** Ends the ejection. */
	synchronized void restore() {
		this.failures.clear();
		this.rampUpStart = this.nanos.getAsLong();
		this.ejected = false;
	}

	/** The registry names the instance. */
	void seen() {
		this.lastSeen = this.nanos.getAsLong();
	}

	boolean isUnseenFor(Duration time) {
		return this.nanos.getAsLong() - this.lastSeen > time.toNanos();
	}

	void removeMeters() {
		this.meters.find(ATTEMPTS)
			.tag("upstream", upstream())
			.tag("upstream.instance", name())
			.counters()
			.forEach(this.meters::remove);
	}

	/** The name of the service, which the registry returns in upper case. */
	private String upstream() {
		return this.instance.getServiceId().toLowerCase(Locale.ROOT);
	}

	/** The URI that tells whether the instance is healthy. */
	URI probe() {
		return UriComponentsBuilder.fromUri(this.instance.getUri())
			.port(Objects.requireNonNullElseGet(metadata("management.port"),
					() -> String.valueOf(this.instance.getPort())))
			.path(this.properties.get().probePath())
			.build()
			.toUri();
	}

	private @Nullable String metadata(String key) {
		@Nullable Map<String, String> metadata = this.instance.getMetadata();
		return (metadata != null) ? metadata.get(key) : null;
	}

	String name() {
		return Objects.requireNonNullElseGet(this.instance.getInstanceId(),
				() -> this.instance.getHost() + ":" + this.instance.getPort());
	}

}
