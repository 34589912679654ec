package io.microplatform.gateway.upstream;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.microplatform.instance.preference.PreferredWait;

import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.observation.ObservedRequestHttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Resolver of the request headers that a service receives and on which the gateway bases
 * its decisions. A key or a preference that a filter removes has no effect on retries or
 * timeouts. The headers of a request are filtered once, after all filters of its route.
 */
@Component
public final class ServiceHeaders {

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

	private static final String FILTERED = ServiceHeaders.class.getName() + ".filtered";

	private final List<HttpHeadersFilter> filters;

	ServiceHeaders(List<HttpHeadersFilter> filters) {
		// The excluded filter starts the span of an attempt.
		this.filters = filters.stream()
			.filter((filter) -> !(filter instanceof ObservedRequestHttpHeadersFilter))
			.toList();
	}

	/** Returns the filtered headers of a request with an effect, or unfiltered ones. */
	HttpHeaders of(ServerWebExchange exchange) {
		return isSafe(exchange) ? exchange.getRequest().getHeaders() : (HttpHeaders) exchange.getAttributes()
			.computeIfAbsent(FILTERED, (_) -> HttpHeadersFilter.filterRequest(this.filters, exchange));
	}

	/**
	 * Returns the time by which the service may delay its answer. Services delay answers
	 * only to requests with an effect.
	 * @param exchange the exchange
	 * @return the preferred time, or zero if the client has no preference
	 */
	public Duration preferredWait(ServerWebExchange exchange) {
		return isSafe(exchange) ? Duration.ZERO
				: PreferredWait.of(of(exchange).getOrEmpty(PreferredWait.HEADER)).orElse(Duration.ZERO);
	}

	private static boolean isSafe(ServerWebExchange exchange) {
		return isSafe(exchange.getRequest().getMethod().name());
	}

	/**
	 * Returns whether a method has no effect at a service.
	 * @param method the name of the method
	 * @return whether it is safe (RFC 9110, section 9.2.1)
	 */
	public static boolean isSafe(String method) {
		return SAFE.contains(method);
	}

}
