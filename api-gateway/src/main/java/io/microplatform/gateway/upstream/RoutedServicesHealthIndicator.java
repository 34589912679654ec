package io.microplatform.gateway.upstream;

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
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.stereotype.Component;

/**
 * Health indicator that is UP if the gateway knows an instance of every service that a
 * route leads to. Its details are these instances; no other instance gets requests.
 */
@Component
class RoutedServicesHealthIndicator extends AbstractHealthIndicator {

	private final List<String> services;

	private final DiscoveryClient instances;

	RoutedServicesHealthIndicator(GatewayProperties routes, DiscoveryClient instances) {
		this.services = routes.getRoutes().stream().map(RouteDefinition::getUri).map(URI::getHost).distinct().toList();
		this.instances = instances;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		var known = this.services.stream().collect(Collectors.toMap(Function.identity(), this::known));
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
