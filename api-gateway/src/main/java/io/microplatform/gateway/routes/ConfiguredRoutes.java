package io.microplatform.gateway.routes;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import reactor.core.publisher.Flux;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.PropertiesRouteDefinitionLocator;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.stereotype.Component;

/**
 * {@link PropertiesRouteDefinitionLocator} whose routes can be replaced at run time, all
 * at once. Replaces the framework's own locator; there is no other source of routes.
 * Thread-safe.
 */
@Component
class ConfiguredRoutes extends PropertiesRouteDefinitionLocator {

	private volatile List<RouteDefinition> current;

	ConfiguredRoutes(GatewayProperties atStart) {
		super(atStart);
		this.current = List.copyOf(atStart.getRoutes());
	}

	@Override
	public Flux<RouteDefinition> getRouteDefinitions() {
		return Flux.defer(() -> Flux.fromIterable(this.current));
	}

	List<RouteDefinition> current() {
		return this.current;
	}

	void replaceWith(List<RouteDefinition> routes) {
		this.current = List.copyOf(routes);
	}

	/** Returns the registered services that are targets of routes. */
	Set<String> services() {
		Set<String> services = new TreeSet<>();
		for (RouteDefinition route : this.current) {
			URI uri = route.getUri();
			if (route.isEnabled() && uri != null && "lb".equals(uri.getScheme()) && uri.getHost() != null) {
				services.add(uri.getHost());
			}
		}
		return services;
	}

}
