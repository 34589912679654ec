package io.microplatform.instance.management;

import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * {@link WebFilter} that answers 401 to a request for an actuator endpoint without the
 * {@link ManagementCredential}. The endpoints health, info and prometheus, which
 * monitoring reads, are open. So is configuration, which itself requires the password of
 * the config server. Paths are matched in the same way as by the endpoints.
 */
final class ManagementFilter implements WebFilter {

	private static final PathPattern ENDPOINTS = PathPatternParser.defaultInstance.parse("/actuator/**");

	private static final List<PathPattern> OPEN = Stream
		.of("/actuator/health/**", "/actuator/info", "/actuator/prometheus", "/actuator/configuration")
		.map(PathPatternParser.defaultInstance::parse)
		.toList();

	private final ManagementCredential credential;

	ManagementFilter(ManagementCredential credential) {
		this.credential = credential;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (isAllowed(exchange.getRequest())) {
			return chain.filter(exchange);
		}
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.UNAUTHORIZED);
		response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"management\"");
		return response.setComplete();
	}

	private boolean isAllowed(ServerHttpRequest request) {
		PathContainer path = request.getPath().pathWithinApplication();
		return !ENDPOINTS.matches(path) || OPEN.stream().anyMatch((open) -> open.matches(path))
				|| this.credential.isIn(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
	}

}
