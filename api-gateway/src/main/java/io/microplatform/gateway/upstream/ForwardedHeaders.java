package io.microplatform.gateway.upstream;

import java.net.InetAddress;

import io.microplatform.gateway.cors.CrossOriginRules;
import io.microplatform.gateway.limit.ClientAddress;

import io.netty.util.NetUtil;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@link HttpHeadersFilter} that adds {@code X-Forwarded-For} with the
 * {@link ClientAddress}, and {@code X-Forwarded-Proto} with the protocol of the
 * connection to the gateway. Headers of this kind from a client are never passed on.
 * Removes the headers of CORS, which the gateway processes itself, unless they are
 * allowed to pass.
 */
@Component
class ForwardedHeaders implements HttpHeadersFilter, Ordered {

	private final CrossOriginRules crossOrigin;

	private final AllowedHeaders allowed;

	private final ClientAddress clients;

	ForwardedHeaders(CrossOriginRules crossOrigin, AllowedHeaders allowed, ClientAddress clients) {
		this.crossOrigin = crossOrigin;
		this.allowed = allowed;
		this.clients = clients;
	}

	@Override
	public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
		HttpHeaders headers = HttpHeaders.copyOf(input);
		input.headerNames()
			.stream()
			.filter((name) -> this.crossOrigin.reads(name) && !this.allowed.allow(name))
			.forEach(headers::remove);
		headers.remove(ClientAddress.HEADER);
		InetAddress client = this.clients.of(exchange.getRequest());
		if (client != null) {
			headers.set(ClientAddress.HEADER, NetUtil.toAddressString(client));
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
