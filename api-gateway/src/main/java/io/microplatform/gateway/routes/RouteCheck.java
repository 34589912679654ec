package io.microplatform.gateway.routes;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.microplatform.instance.configuration.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.factory.GatewayFilterFactory;
import org.springframework.cloud.gateway.handler.predicate.RoutePredicateFactory;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.route.RouteDefinitionRouteLocator;
import org.springframework.cloud.gateway.support.ConfigurationService;
import org.springframework.core.convert.ConversionService;
import org.springframework.stereotype.Component;
import org.springframework.validation.Validator;

/**
 * Validator of routes that are not in use yet. Builds each route as
 * {@link RouteDefinitionRouteLocator} does, fails for unknown predicates and filters and
 * for invalid arguments, and publishes no events.
 */
@Component
@SuppressWarnings("rawtypes") // as the framework's own parameters
class RouteCheck {

	private static final Set<String> SCHEMES = Set.of("lb", "http", "https");

	private static final String CORS = "cors";

	private final List<RoutePredicateFactory> predicates;

	private final List<GatewayFilterFactory> filters;

	private final GatewayProperties properties;

	private final ConfigurationService arguments;

	RouteCheck(List<RoutePredicateFactory> predicates, List<GatewayFilterFactory> filters, GatewayProperties properties,
			BeanFactory beans, @Qualifier("webFluxConversionService") ObjectProvider<ConversionService> conversion,
			ObjectProvider<Validator> validator) {
		this.predicates = predicates;
		this.filters = filters;
		this.properties = new GatewayProperties();
		this.properties.setDefaultFilters(properties.getDefaultFilters());
		// Without an event publisher.
		this.arguments = new ConfigurationService(beans, conversion, validator);
	}

	/**
	 * Checks routes.
	 * @param routes the routes
	 * @param current the routes that they replace
	 * @return the problems, empty if the routes are valid
	 */
	List<Problem> problems(List<RouteDefinition> routes, List<RouteDefinition> current) {
		if (routes.isEmpty()) {
			return List.of(new Problem(RouteRefresh.ROUTES.toString(), "must have at least one route"));
		}
		List<Problem> problems = new ArrayList<>();
		Set<String> ids = new HashSet<>();
		for (int i = 0; i < routes.size(); i++) {
			problem(RouteRefresh.ROUTES + "[" + i + "]", routes.get(i), ids).ifPresent(problems::add);
		}
		// The headers that the gateway reads for CORS are determined at the start.
		if (problems.isEmpty() && !crossOriginRules(routes).equals(crossOriginRules(current))) {
			problems.add(new Problem(RouteRefresh.ROUTES.toString(), "metadata.cors of a route needs a restart"));
		}
		return problems;
	}

	private Optional<Problem> problem(String property, RouteDefinition route, Set<String> ids) {
		String id = route.getId();
		if (id == null || id.isBlank()) {
			return Optional.of(new Problem(property + ".id", "is missing"));
		}
		if (!ids.add(id)) {
			return Optional.of(new Problem(property + ".id", "is the id of another route"));
		}
		if (!isTarget(route.getUri())) {
			return Optional.of(new Problem(property + ".uri", "must be lb://<service> or an http or https URL"));
		}
		try {
			new RouteDefinitionRouteLocator(() -> Flux.just(route), this.predicates, this.filters, this.properties,
					this.arguments)
				.getRoutes()
				.blockLast();
			return Optional.empty();
		}
		catch (RuntimeException ex) {
			return Optional.of(Problem.of(property, ex));
		}
	}

	/** Returns whether the URI has a host, which must not contain an underscore. */
	private static boolean isTarget(@Nullable URI uri) {
		return uri != null && uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null;
	}

	private static Map<String, Object> crossOriginRules(List<RouteDefinition> routes) {
		Map<String, Object> rules = new HashMap<>();
		for (RouteDefinition route : routes) {
			String id = route.getId();
			Object rule = route.getMetadata().get(CORS);
			if (id != null && rule != null) {
				rules.put(id, rule);
			}
		}
		return rules;
	}

}
