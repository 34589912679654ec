package io.microplatform.gateway.problem;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Gives every answer the {@link SecurityHeaders} and takes from it what tells about the
 * software behind.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityHeadersFilter implements WebFilter {

	private static final List<String> TELLTALE = List.of("Server", "X-Powered-By", "Via", "X-Application-Context");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().beforeCommit(() -> {
			apply(exchange.getResponse().getHeaders());
			return Mono.empty();
		});
		return chain.filter(exchange);
	}

	private static void apply(HttpHeaders headers) {
		TELLTALE.forEach(headers::remove);
		SecurityHeaders.ALWAYS.forEach(headers::set);
		SecurityHeaders.UNLESS_SET.forEach((name, value) -> {
			if (!headers.containsHeader(name)) {
				headers.set(name, value);
			}
		});
	}

}
