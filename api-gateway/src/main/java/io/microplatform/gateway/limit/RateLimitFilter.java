package io.microplatform.gateway.limit;

import java.net.InetAddress;

import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.limit.AddressSubject;
import io.microplatform.instance.limit.RateLimiter;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@link GlobalFilter} that answers 429 to a request that exceeds the limit of its user
 * or, without a valid token, of its client address. Runs before more expensive filters.
 * Each answer describes the limit ({@code RateLimit-Policy}, {@code RateLimit}). Never
 * fails: the {@link RateLimiter} decides locally while Redis is unavailable.
 */
@Component
class RateLimitFilter implements GlobalFilter, Ordered {

	static final int ORDER = -100;

	/** The subject of a connection without an address. */
	private static final String UNKNOWN = "unknown";

	private final Refreshable<RateLimitProperties> properties;

	private final RateLimiter limiter;

	private final Callers callers;

	private final ClientAddress addresses;

	RateLimitFilter(Refreshable<RateLimitProperties> properties, RateLimiter limiter, Callers callers,
			ClientAddress addresses) {
		this.properties = properties;
		this.limiter = limiter;
		this.callers = callers;
		this.addresses = addresses;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		RateLimitProperties limits = this.properties.get();
		if (!limits.enabled()) {
			return chain.filter(exchange);
		}
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		return charge(exchange.getRequest(), route.getId(), limits).publishOn(eventLoop(exchange.getRequest()))
			.flatMap((charge) -> {
				describe(charge, exchange.getResponse());
				return charge.isRefused() ? Mono.error(charge.refusal()) : chain.filter(exchange);
			});
	}

	private Mono<Charge> charge(ServerHttpRequest request, String route, RateLimitProperties limits) {
		InetAddress client = this.addresses.of(request);
		String address = (client != null) ? AddressSubject.of(client) : UNKNOWN;
		String token = limits.isPerAddressOnly(route) ? null : Callers.token(request.getHeaders());
		if (token == null) {
			return take(limits.ofAddress(route, address));
		}
		String user = this.callers.remembered(token);
		return (user != null) ? take(limits.ofUser(route, user)) : chargeUnverified(token, address, route, limits);
	}

	/**
	 * Counts the verification of a token by its address: a flood of forged tokens would
	 * otherwise cost CPU time without limit. A valid token does not count.
	 */
	private Mono<Charge> chargeUnverified(String token, String address, String route, RateLimitProperties limits) {
		AppliedLimit verification = limits.ofVerifications(address);
		return take(verification).flatMap((charge) -> {
			if (charge.isRefused()) {
				return Mono.just(charge);
			}
			return this.callers.verify(token)
				.doOnNext((user) -> giveBack(verification))
				.flatMap((user) -> take(limits.ofUser(route, user)))
				.switchIfEmpty(Mono.defer(() -> take(limits.ofAddress(route, address))));
		});
	}

	private void giveBack(AppliedLimit applied) {
		var _ = this.limiter.giveBack(applied.rule(), applied.subject(), applied.limit());
	}

	private Mono<Charge> take(AppliedLimit applied) {
		return Mono.fromFuture(() -> this.limiter.take(applied.rule(), applied.subject(), applied.limit()), true)
			.map((decision) -> new Charge(applied, decision));
	}

	/**
	 * Sets the headers directly before the answer is written, because the answer of a
	 * service or a problem replaces earlier ones.
	 */
	private static void describe(Charge charge, ServerHttpResponse response) {
		response.beforeCommit(() -> {
			charge.describe(response.getHeaders());
			return Mono.empty();
		});
	}

	/**
	 * Returns the event loop of the client's connection, on which a request without a
	 * limit continues as well. The Redis client has one thread for all requests.
	 */
	private static Scheduler eventLoop(ServerHttpRequest request) {
		Object connection = ServerHttpRequestDecorator.getNativeRequest(request);
		// A lambda, because Reactor wraps an executor service.
		return (connection instanceof Connection server)
				? Schedulers.fromExecutor((task) -> server.channel().eventLoop().execute(task)) : Schedulers.parallel();
	}

}
