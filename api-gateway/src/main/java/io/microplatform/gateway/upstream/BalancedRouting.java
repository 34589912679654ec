package io.microplatform.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.microplatform.instance.balancer.Balancer;
import io.microplatform.instance.balancer.Call;
import io.microplatform.instance.balancer.RetryProperties;
import io.microplatform.instance.balancer.TrafficProperties;
import io.microplatform.instance.configuration.Live;
import io.microplatform.instance.preference.PreferredWait;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Sends a request to an instance of the service that its route names, and to another one
 * when that fails and it does no harm. A request that names a release goes to that one
 * only. Stands before the framework's own filter for this, which then finds nothing left
 * to do.
 */
@Component
@ConditionalOnProperty(name = "platform.balancer", havingValue = "learning", matchIfMissing = true)
class BalancedRouting implements GlobalFilter, Ordered {

	private static final String BY_NAME = "lb";

	private static final Set<HttpMethod> HAS_NO_EFFECT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final Balancer balancer;

	private final Live<RetryProperties> retries;

	private final Live<TrafficProperties> traffic;

	private final AllowedHeaders allowed;

	private final List<HttpHeadersFilter> filters;

	BalancedRouting(Balancer balancer, Live<RetryProperties> retries, Live<TrafficProperties> traffic,
			AllowedHeaders allowed, List<HttpHeadersFilter> filters) {
		this.balancer = balancer;
		this.retries = retries;
		this.traffic = traffic;
		this.allowed = allowed;
		this.filters = filters;
	}

	@Override
	public int getOrder() {
		return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER - 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (!BY_NAME.equals(url.getScheme())) {
			return chain.filter(exchange);
		}
		ServerWebExchangeUtils.addOriginalRequestUrl(exchange, url);
		ServerHttpRequest request = exchange.getRequest();
		String header = this.traffic.get().header();
		List<String> named = request.getHeaders().getOrEmpty(header);
		HttpHeaders sent = sent(exchange);
		// Several are the same as a list in one (RFC 9110, 5.3), which no release is.
		Call call = this.balancer.call(url.getHost(), request.getMethod(), url.getRawPath(), sent,
				named.isEmpty() ? null : String.join(",", named));
		if (call.isOfUnknownRelease()) {
			return Mono.error(new UnknownReleaseException(header));
		}
		Duration patience = this.retries.get().attemptTimeout().plus(preferredWait(request.getMethod(), sent));
		return withBodyAtHand(named.isEmpty() ? exchange : withoutUnlessAllowed(header, exchange))
			.flatMap((ready) -> new RoutedRequest(url.getHost(), ready, chain, call, patience).send());
	}

	/**
	 * The headers that the service gets. What a filter takes away, a key above all, must
	 * not make a request one that may be repeated.
	 */
	private HttpHeaders sent(ServerWebExchange exchange) {
		return HAS_NO_EFFECT.contains(exchange.getRequest().getMethod()) ? exchange.getRequest().getHeaders()
				: HttpHeadersFilter.filterRequest(this.filters, exchange);
	}

	/** A service holds back only the answer to a request that has an effect. */
	private static Duration preferredWait(HttpMethod method, HttpHeaders sent) {
		return HAS_NO_EFFECT.contains(method) ? Duration.ZERO
				: PreferredWait.of(sent.getOrEmpty(PreferredWait.HEADER)).orElse(Duration.ZERO);
	}

	private ServerWebExchange withoutUnlessAllowed(String header, ServerWebExchange exchange) {
		return this.allowed.allow(header) ? exchange
				: exchange.mutate().request((request) -> request.headers((headers) -> headers.remove(header))).build();
	}

	/** Which is in memory already, but could be taken only once. */
	private static Mono<ServerWebExchange> withBodyAtHand(ServerWebExchange exchange) {
		ServerHttpRequest request = exchange.getRequest();
		if (request.getHeaders().getContentLength() <= 0) {
			return Mono.just(exchange);
		}
		return DataBufferUtils.join(request.getBody()).map((whole) -> {
			byte[] body = new byte[whole.readableByteCount()];
			whole.read(body);
			DataBufferUtils.release(whole);
			return exchange.mutate().request(new ServerHttpRequestDecorator(request) {

				@Override
				public Flux<DataBuffer> getBody() {
					return Flux.defer(() -> Flux.just(exchange.getResponse().bufferFactory().wrap(body)));
				}

			}).build();
		});
	}

}
