package io.microplatform.instance.balancer;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * A load balancer that learns from the outcome of each attempt. Ejected instances are
 * probed until they are healthy, so that no request is spent on finding out; then they
 * get more and more requests. Thread-safe.
 */
public final class Balancer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Balancer.class);

	private static final Duration PROBE_INTERVAL = Duration.ofMillis(250);

	private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

	private final Map<String, InstancePool> pools = new ConcurrentHashMap<>();

	private final ScheduledExecutorService probing = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("balancer-probes").factory());

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PROBE_TIMEOUT)
		.build();

	private final DiscoveryClient registry;

	private final Refreshable<EjectionProperties> ejection;

	private final Refreshable<RetryProperties> retries;

	private final Refreshable<TrafficProperties> traffic;

	private final RetryBudget budget;

	private final MeterRegistry meters;

	/**
	 * Creates a balancer and starts its probes.
	 * @param registry names the instances; it is asked before each attempt, so it must
	 * answer from memory
	 * @param ejection when an instance is ejected
	 * @param retries when a request is sent again
	 * @param traffic the weights of the releases
	 * @param meters counts attempts, retries and ejected instances
	 */
	Balancer(DiscoveryClient registry, Refreshable<EjectionProperties> ejection, Refreshable<RetryProperties> retries,
			Refreshable<TrafficProperties> traffic, MeterRegistry meters) {
		this.registry = registry;
		this.ejection = ejection;
		this.retries = retries;
		this.traffic = traffic;
		this.budget = new RetryBudget(retries);
		this.meters = meters;
		Gauge.builder("balancer.retry.budget", this.budget, RetryBudget::available)
			.description("Retries that may be made now")
			.register(meters);
		var _ = this.probing.scheduleWithFixedDelay(this::probeAll, PROBE_INTERVAL.toMillis(),
				PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Begins a request.
	 * @param service the name of the service in the registry
	 * @param method the method of the request
	 * @param path the path that the service gets, still encoded
	 * @param headers the headers that the service gets
	 * @param release the only release that the request may go to, {@code null} if the
	 * weights decide
	 * @return the request, without an attempt so far
	 */
	public BalancedRequest request(String service, HttpMethod method, String path, HttpHeaders headers,
			@Nullable String release) {
		return new BalancedRequest(pool(service), new ReleaseChoice(release), Idempotency.of(method, path, headers),
				this.retries, this.budget, System::nanoTime);
	}

	InstancePool pool(String service) {
		return this.pools.computeIfAbsent(service, (name) -> {
			InstancePool pool = new InstancePool(name, () -> this.registry.getInstances(name),
					(instance) -> new TrackedInstance(instance, this.ejection, System::nanoTime, this.meters),
					this.ejection, () -> this.traffic.get().weightsOf(name), this.meters);
			Gauge.builder("balancer.ejected.instances", pool, InstancePool::ejected)
				.description("Instances that get no requests because they failed")
				.tag("upstream", name)
				.register(this.meters);
			return pool;
		});
	}

	/** An exception would end the schedule. */
	private void probeAll() {
		try {
			this.pools.values().forEach(InstancePool::forgetDeparted);
			this.pools.values().stream().flatMap((pool) -> pool.dueForProbe().stream()).forEach(this::probe);
		}
		catch (RuntimeException ex) {
			log.warn("Failed to probe the ejected instances", ex);
		}
	}

	private void probe(TrackedInstance instance) {
		instance.deferProbe();
		HttpRequest request = HttpRequest.newBuilder(instance.probe()).timeout(PROBE_TIMEOUT).build();
		var _ = this.http.sendAsync(request, BodyHandlers.discarding()).thenAccept((answer) -> {
			if (answer.statusCode() == 200) {
				instance.restore();
			}
		});
	}

	@Override
	public void close() {
		this.probing.shutdownNow();
		this.http.shutdownNow();
	}

}
