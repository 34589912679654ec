package io.microplatform.gateway.cors;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The CORS configuration of the gateway, which is Spring Cloud Gateway's own
 * ({@code globalcors}, and {@code cors} in the metadata of a route). Spring Cloud Gateway
 * answers preflight requests and marks answers of services; this class decides which
 * request headers it needs for that, and marks the answers that the gateway gives before
 * or without a route. Without configuration no origin is allowed and no header is read.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS
 * protocol</a>
 */
@Component
public class CrossOriginRules {

	private static final Set<String> REQUEST_HEADERS = requestHeaders();

	private final Map<PathPattern, CorsConfiguration> rules = new LinkedHashMap<>();

	private final boolean enabled;

	CrossOriginRules(GlobalCorsProperties properties, GatewayProperties routes) {
		properties.getCorsConfigurations().forEach((pattern, rule) -> {
			// An invalid rule would fail each request.
			rule.validateAllowCredentials();
			rule.validateAllowPrivateNetwork();
			this.rules.put(PathPatternParser.defaultInstance.parse(pattern), rule);
		});
		this.enabled = !this.rules.isEmpty()
				|| routes.getRoutes().stream().anyMatch((route) -> route.getMetadata().containsKey("cors"));
	}

	private static Set<String> requestHeaders() {
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.addAll(Set.of(HttpHeaders.ORIGIN, HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD,
				HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS, "Access-Control-Request-Private-Network"));
		return names;
	}

	/**
	 * Returns whether the gateway itself reads a request header.
	 * @param header the name, in any case
	 * @return {@code true} for the headers of CORS, if it is configured
	 */
	public boolean reads(String header) {
		return this.enabled && REQUEST_HEADERS.contains(header);
	}

	/**
	 * Returns the headers that allow a browser to show an answer of the gateway to the
	 * script that sent the request.
	 * @param path the path of the request
	 * @param origin the header {@code Origin}
	 * @return names and values, none if the origin is not allowed
	 */
	public Map<String, String> headers(String path, @Nullable String origin) {
		CorsConfiguration rule = (origin != null) ? rule(path) : null;
		String allowed = (rule != null) ? rule.checkOrigin(origin) : null;
		if (rule == null || allowed == null) {
			return Map.of();
		}
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put(HttpHeaders.VARY, HttpHeaders.ORIGIN);
		headers.put(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
		if (Boolean.TRUE.equals(rule.getAllowCredentials())) {
			headers.put(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
		}
		if (rule.getExposedHeaders() != null && !rule.getExposedHeaders().isEmpty()) {
			headers.put(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", rule.getExposedHeaders()));
		}
		return headers;
	}

	private @Nullable CorsConfiguration rule(String path) {
		if (this.rules.isEmpty()) {
			return null;
		}
		try {
			PathContainer segments = PathContainer.parsePath(path);
			return this.rules.entrySet()
				.stream()
				.filter((rule) -> rule.getKey().matches(segments))
				.map(Map.Entry::getValue)
				.findFirst()
				.orElse(null);
		}
		catch (IllegalArgumentException ex) {
			return null; // not a path that anything could match
		}
	}

}
