package io.microplatform.gateway.routes;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.stereotype.Component;

/**
 * Health indicator that is UP if the gateway knows an instance of every service that is
 * the target of a route. Its details are these instances; no other instance gets
 * requests.
 */
@Component
class RoutedServicesHealthIndicator extends AbstractHealthIndicator {

	private final ConfiguredRoutes routes;

	private final DiscoveryClient instances;

	RoutedServicesHealthIndicator(ConfiguredRoutes routes, DiscoveryClient instances) {
		this.routes = routes;
		this.instances = instances;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		var known = this.routes.services().stream().collect(Collectors.toMap(Function.identity(), this::known));
		boolean isComplete = !known.isEmpty() && known.values().stream().noneMatch(List::isEmpty);
		builder.status(isComplete ? Status.UP : Status.DOWN).withDetails(known);
	}

	private List<KnownInstance> known(String service) {
		return this.instances.getInstances(service).stream().map(KnownInstance::of).toList();
	}

	/**
	 * An instance that the gateway knows.
	 *
	 * @param pid the process id that the instance registered, if any
	 */
	record KnownInstance(URI uri, @Nullable String pid) {

		private static KnownInstance of(ServiceInstance instance) {
			@Nullable Map<String, String> metadata = instance.getMetadata();
			return new KnownInstance(instance.getUri(), (metadata != null) ? metadata.get("pid") : null);
		}

	}

}
