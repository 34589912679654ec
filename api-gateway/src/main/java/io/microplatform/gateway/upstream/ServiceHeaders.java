package io.microplatform.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.microplatform.instance.preference.PreferredWait;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.observation.ObservedRequestHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Resolver of the request headers that a service receives and on which the gateway bases
 * its decisions. A key or a preference that a filter removes has no effect on retries or
 * timeouts.
 */
@Component
public final class ServiceHeaders {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final List<HttpHeadersFilter> filters;

	ServiceHeaders(List<HttpHeadersFilter> filters) {
		// The excluded filter starts the span of an attempt.
		this.filters = filters.stream()
			.filter((filter) -> !(filter instanceof ObservedRequestHttpHeadersFilter))
			.toList();
	}

	/** Returns the filtered headers of a request with an effect, or unfiltered ones. */
	HttpHeaders of(ServerWebExchange exchange) {
		return isSafe(exchange) ? exchange.getRequest().getHeaders()
				: HttpHeadersFilter.filterRequest(this.filters, exchange);
	}

	/**
	 * Returns the time by which the service may delay its answer. Services delay answers
	 * only to requests with an effect.
	 * @param exchange the exchange
	 * @return the time that the client prefers to wait, zero if there is none
	 */
	public Duration preferredWait(ServerWebExchange exchange) {
		if (isSafe(exchange) || !exchange.getRequest().getHeaders().containsHeader(PreferredWait.HEADER)) {
			return Duration.ZERO;
		}
		return PreferredWait.of(of(exchange).getOrEmpty(PreferredWait.HEADER)).orElse(Duration.ZERO);
	}

	private static boolean isSafe(ServerWebExchange exchange) {
		return SAFE.contains(exchange.getRequest().getMethod());
	}

}
