package io.microplatform.config.rollout;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.stereotype.Component;

/**
 * The registered instances that take their configuration from this server, whatever their
 * state: one that starts or shuts down is updated too. Thread-safe.
 */
@Component
class RegisteredInstances {

	private static final String PATH = "/actuator/configuration";

	/** Longer than a lease. */
	private static final Duration RETENTION = Duration.ofSeconds(30);

	private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

	private final Set<String> services = ConcurrentHashMap.newKeySet();

	private final DiscoveryClient registry;

	RegisteredInstances(DiscoveryClient registry) {
		this.registry = registry;
	}

	/**
	 * The instances that were registered within the last 30 seconds. The local copy of
	 * the registry may lack an instance for a moment, after a restart of the registry for
	 * example. An instance that is really gone does not answer.
	 */
	List<Instance> all() {
		long now = System.nanoTime();
		this.sightings.values().removeIf((sighting) -> now - sighting.at() > RETENTION.toNanos());
		registered().forEach((instance) -> this.sightings.put(instance.key(), new Sighting(instance, now)));
		return this.sightings.values()
			.stream()
			.map(Sighting::instance)
			.sorted(Comparator.comparing(Instance::service).thenComparing(Instance::id))
			.toList();
	}

	/** The instances in the local copy of the registry, which is at most 2 s behind. */
	List<Instance> registered() {
		List<Instance> registered = this.registry.getServices()
			.stream()
			.flatMap((service) -> this.registry.getInstances(service).stream())
			.flatMap((instance) -> of(instance).stream())
			.toList();
		registered.forEach((instance) -> this.services.add(instance.service()));
		return registered;
	}

	/** The services that had an instance since this server started. */
	Set<String> services() {
		return Set.copyOf(this.services);
	}

	private static Optional<Instance> of(ServiceInstance instance) {
		@Nullable Map<String, String> metadata = instance.getMetadata();
		@Nullable String version = (metadata != null) ? metadata.get("config-version") : null;
		if (metadata == null || version == null) {
			return Optional.empty();
		}
		int port = Integer.parseInt(metadata.getOrDefault("management.port", Integer.toString(instance.getPort())));
		URI endpoint = URI.create(String.format(Locale.ROOT, "%s://%s:%d%s", instance.isSecure() ? "https" : "http",
				instance.getHost(), port, PATH));
		return Optional.of(new Instance(instance.getServiceId().toLowerCase(Locale.ROOT),
				String.valueOf(instance.getInstanceId()), metadata.getOrDefault("pid", ""), version, endpoint));
	}

	private record Sighting(Instance instance, long at) {
	}

}
