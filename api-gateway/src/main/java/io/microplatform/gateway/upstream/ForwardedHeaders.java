package io.microplatform.gateway.upstream;

import java.net.InetSocketAddress;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells a service whom the gateway got a request from, and how. Only what the gateway saw
 * itself: what a client says about that never passes.
 */
@Component
class ForwardedHeaders implements HttpHeadersFilter, Ordered {

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(input);
		InetSocketAddress client = exchange.getRequest().getRemoteAddress();
		if (client != null) {
			headers.set("X-Forwarded-For", client.getAddress().getHostAddress());
		}
		headers.set("X-Forwarded-Proto", (exchange.getRequest().getSslInfo() != null) ? "https" : "http");
		return headers;
	}

	@Override
	public int getOrder() {
		// After the filter that removes all such headers.
		return Ordered.LOWEST_PRECEDENCE;
	}

}
