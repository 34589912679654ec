package io.microplatform.gateway.upstream;

import java.net.URI;
import java.util.List;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.stereotype.Component;

/**
 * Up when every service that a route leads to has an instance that the gateway knows.
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
		List<String> missing = this.services.stream()
			.filter((service) -> this.instances.getInstances(service).isEmpty())
			.toList();
		if (missing.isEmpty() && !this.services.isEmpty()) {
			builder.up();
		}
		else {
			builder.down();
		}
		builder.withDetail("missing", missing);
	}

}
