package io.microplatform.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.microplatform.instance.balancer.BalancedRequest;
import io.microplatform.instance.balancer.Balancer;
import io.microplatform.instance.balancer.RetryProperties;
import io.microplatform.instance.balancer.TrafficProperties;
import io.microplatform.instance.configuration.Refreshable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@link GlobalFilter} that sends the request of an {@code lb://} route to an instance of
 * the service, and again as {@link BalancedRequest} decides. A request that names a
 * release goes to that release only; the gateway answers 400 if there is no instance of
 * it. Runs before {@link ReactiveLoadBalancerClientFilter}, which then has nothing to do.
 */
@Component
@ConditionalOnProperty(name = "platform.balancer", havingValue = "learning", matchIfMissing = true)
class LearningLoadBalancerFilter implements GlobalFilter, Ordered {

	private final Balancer balancer;

	private final Refreshable<RetryProperties> retries;

	private final Refreshable<TrafficProperties> traffic;

	private final AllowedHeaders allowed;

	private final ServiceHeaders headers;

	LearningLoadBalancerFilter(Balancer balancer, Refreshable<RetryProperties> retries,
			Refreshable<TrafficProperties> traffic, AllowedHeaders allowed, ServiceHeaders headers) {
		this.balancer = balancer;
		this.retries = retries;
		this.traffic = traffic;
		this.allowed = allowed;
		this.headers = headers;
	}

	@Override
	public int getOrder() {
		return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER - 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (!"lb".equals(url.getScheme())) {
			return chain.filter(exchange);
		}
		ServerWebExchangeUtils.addOriginalRequestUrl(exchange, url);
		HttpMethod method = exchange.getRequest().getMethod();
		String header = this.traffic.get().header();
		List<String> releases = exchange.getRequest().getHeaders().getOrEmpty(header);
		// Several headers are the same as a list in one (RFC 9110, 5.3): not a release.
		BalancedRequest request = this.balancer.request(url.getHost(), method, url.getRawPath(),
				this.headers.of(exchange), releases.isEmpty() ? null : String.join(",", releases));
		if (request.isOfUnknownRelease()) {
			return Mono.error(new UnknownReleaseException(header));
		}
		Duration attemptTimeout = this.retries.get().attemptTimeout().plus(this.headers.preferredWait(exchange));
		return withRepeatableBody(releases.isEmpty() ? exchange : withoutUnlessAllowed(header, exchange)).flatMap(
				(repeatable) -> new RoutedRequest(url.getHost(), repeatable, chain, request, attemptTimeout).send());
	}

	private ServerWebExchange withoutUnlessAllowed(String header, ServerWebExchange exchange) {
		return this.allowed.allow(header) ? exchange
				: exchange.mutate().request((request) -> request.headers((headers) -> headers.remove(header))).build();
	}

	/**
	 * Copies the body, which is in memory as a whole, so that each attempt can read it.
	 * {@link ServerWebExchangeUtils#cacheRequestBody} would release the buffer while an
	 * attempt that was given up still writes it.
	 */
	private static Mono<ServerWebExchange> withRepeatableBody(ServerWebExchange exchange) {
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
