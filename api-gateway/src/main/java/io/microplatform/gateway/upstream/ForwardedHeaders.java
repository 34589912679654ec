package io.microplatform.gateway.upstream;

import java.net.InetSocketAddress;

import io.microplatform.gateway.cors.CrossOriginRules;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@link HttpHeadersFilter} that adds {@code X-Forwarded-For} and
 * {@code X-Forwarded-Proto} with what the gateway itself saw; those of a client never
 * pass. Removes the headers of CORS, which the gateway processes itself, unless they are
 * allowed to pass.
 */
@Component
class ForwardedHeaders implements HttpHeadersFilter, Ordered {

	private final CrossOriginRules crossOrigin;

	private final AllowedHeaders allowed;

	ForwardedHeaders(CrossOriginRules crossOrigin, AllowedHeaders allowed) {
		this.crossOrigin = crossOrigin;
		this.allowed = allowed;
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		HttpHeaders headers = HttpHeaders.copyOf(input);
		input.headerNames()
			.stream()
			.filter((name) -> this.crossOrigin.reads(name) && !this.allowed.allow(name))
			.forEach(headers::remove);
		InetSocketAddress client = exchange.getRequest().getRemoteAddress();
		if (client != null) {
			headers.set("X-Forwarded-For", client.getAddress().getHostAddress());
		}
		headers.set("X-Forwarded-Proto", (exchange.getRequest().getSslInfo() != null) ? "https" : "http");
		return headers;
	}

	@Override
	public int getOrder() {
		// After the framework's filter that removes all such headers.
		return Ordered.LOWEST_PRECEDENCE;
	}

}
