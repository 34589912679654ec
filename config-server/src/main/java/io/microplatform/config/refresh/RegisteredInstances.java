package io.microplatform.config.refresh;

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
 * The instances that were served their configuration, as the registry names them,
 * whatever their state: also one that starts, or leaves, is to have the right version.
 * Thread-safe.
 */
@Component
class RegisteredInstances {

	private static final String PATH = "/actuator/configuration";

	/** Longer than a lease. */
	private static final Duration LATELY = Duration.ofSeconds(30);

	private final Map<String, Seen> seen = new ConcurrentHashMap<>();

	/** Of which there has ever been an instance, as far as this server has seen. */
	private final Set<String> services = ConcurrentHashMap.newKeySet();

	private final DiscoveryClient registry;

	RegisteredInstances(DiscoveryClient registry) {
		this.registry = registry;
	}

	/**
	 * All that are named, and those that were named in the last 30 seconds: a copy of the
	 * registry may lack somebody for a moment, and nobody must be forgotten for that. Who
	 * has really gone does not answer.
	 */
	List<Instance> all() {
		long now = System.nanoTime();
		this.seen.values().removeIf((sight) -> now - sight.at() > LATELY.toNanos());
		named().forEach((instance) -> this.seen.put(instance.key(), new Seen(instance, now)));
		return this.seen.values()
			.stream()
			.map(Seen::instance)
			.sorted(Comparator.comparing(Instance::service).thenComparing(Instance::id))
			.toList();
	}

	/** Those that are named now, as of a second or two ago. */
	List<Instance> named() {
		List<Instance> named = this.registry.getServices()
			.stream()
			.flatMap((service) -> this.registry.getInstances(service).stream())
			.flatMap((instance) -> of(instance).stream())
			.toList();
		named.forEach((instance) -> this.services.add(instance.service()));
		return named;
	}

	/** The services of which there has been an instance since this server started. */
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
		String id = String.valueOf(instance.getInstanceId());
		return Optional.of(new Instance(instance.getServiceId().toLowerCase(Locale.ROOT), id,
				metadata.getOrDefault("pid", ""), version, URI.create(String.format(Locale.ROOT, "%s://%s:%d%s",
						instance.isSecure() ? "https" : "http", instance.getHost(), port, PATH))));
	}

	private record Seen(Instance instance, long at) {
	}

}
