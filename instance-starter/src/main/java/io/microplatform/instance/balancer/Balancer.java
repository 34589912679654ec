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
import io.microplatform.instance.configuration.Live;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * Decides which instance of a service is called, and learns from what becomes of it. Who
 * is left out is asked for its health until it is well again, so that no request is spent
 * on finding out; then it gets more and more. Thread-safe.
 */
public final class Balancer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Balancer.class);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

	private static final Duration PROBE_TAKES_AT_MOST = Duration.ofSeconds(1);

	private final Map<String, InstancePool> pools = new ConcurrentHashMap<>();

	private final ScheduledExecutorService probing = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("balancer-probes").factory());

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PROBE_TAKES_AT_MOST)
		.build();

	private final DiscoveryClient registry;

	private final Live<EjectionProperties> ejection;

	private final Live<RetryProperties> retries;

	private final Live<TrafficProperties> traffic;

	private final RetryBudget budget;

	private final MeterRegistry meters;

	/**
	 * A balancer that begins to look for who is well again.
	 * @param registry names the instances; asked before every attempt, so it must answer
	 * from memory
	 * @param ejection when an instance is left out
	 * @param retries when a request is repeated
	 * @param traffic how requests are shared among a service's releases
	 * @param meters where it counts
	 */
	public Balancer(DiscoveryClient registry, Live<EjectionProperties> ejection, Live<RetryProperties> retries,
			Live<TrafficProperties> traffic, MeterRegistry meters) {
		this.registry = registry;
		this.ejection = ejection;
		this.retries = retries;
		this.traffic = traffic;
		this.budget = new RetryBudget(retries);
		this.meters = meters;
		var _ = this.probing.scheduleWithFixedDelay(this::probeAll, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/**
	 * Begins a call. The request may be repeated when that does no harm: by its method,
	 * or by its key when the instances honour keys for this call.
	 * @param service the service's name in the registry
	 * @param method of the request
	 * @param path of the request, still encoded, as the service gets it
	 * @param headers of the request
	 * @param release to which the request must go, whatever the releases weigh; null when
	 * the weights decide
	 * @return the call, without any attempt so far
	 */
	public Call call(String service, HttpMethod method, String path, HttpHeaders headers, @Nullable String release) {
		return new Call(service, pool(service), new ReleaseChoice(release), this.retries, this.budget, this.meters,
				System::nanoTime, Harmless.of(method, path, headers));
	}

	private InstancePool pool(String service) {
		return this.pools.computeIfAbsent(service, (name) -> {
			InstancePool pool = new InstancePool(name, () -> this.registry.getInstances(name),
					(instance) -> new Member(instance, this.ejection, System::nanoTime, this.meters), this.ejection,
					() -> this.traffic.get().weightsOf(name));
			Gauge.builder("balancer.out", pool, InstancePool::out).tag("service", name).register(this.meters);
			return pool;
		});
	}

	/** A round that fails must not be the last one. */
	private void probeAll() {
		try {
			this.pools.values().forEach(InstancePool::forgetThoseLongGone);
			this.pools.values().stream().flatMap((pool) -> pool.toBeProbed().stream()).forEach(this::probe);
		}
		catch (RuntimeException ex) {
			log.warn("Not all instances that are left out could be asked for their health", ex);
		}
	}

	private void probe(Member member) {
		// Not asked again before this has an answer.
		member.stayOut();
		HttpRequest request = HttpRequest.newBuilder(member.probe()).timeout(PROBE_TAKES_AT_MOST).build();
		var _ = this.http.sendAsync(request, BodyHandlers.discarding()).thenAccept((answer) -> {
			if (answer.statusCode() == 200) {
				member.comeBack();
			}
		});
	}

	@Override
	public void close() {
		this.probing.shutdownNow();
		this.http.shutdownNow();
	}

}
