package io.microplatform.gateway.breaker;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.microplatform.gateway.problem.RefusedRequestException;
import io.microplatform.gateway.upstream.ServiceHeaders;
import io.microplatform.instance.breaker.CircuitBreakerProperties.Rule;
import io.microplatform.instance.breaker.CircuitBreakers;
import io.microplatform.instance.problem.ProblemKind;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.circuitbreaker.ReactiveCircuitBreakerFactory;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.ReactiveLoadBalancerClientFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@link GlobalFilter} that sends the requests of each {@code lb://} route through a
 * circuit breaker of its own, named {@code <service>.<route id>}, until the head of the
 * answer arrives. Runs directly before the load balancer: a call is a request with all
 * its attempts, so that a failure that the balancer recovers from does not open the
 * circuit breaker. Requests with {@code Prefer: wait} have another circuit breaker,
 * {@code <service>.<route id>.waiting}: they take long without using resources.
 * <p>
 * No answer, a broken connection, 500, 502 and 504 are failures. The client always gets
 * the answer of the service unchanged, or 503 if the circuit breaker, its bulkhead or its
 * time limit prevents an answer. The time of {@code Prefer: wait} is added to the time
 * limit; Spring Cloud's own time limiter does not support this and is disabled.
 */
@Component
class CircuitBreakerFilter implements GlobalFilter, Ordered {

	private static final Set<Integer> FAILED = Set.of(500, 502, 504);

	/** Suffix of the circuit breaker of requests with {@code Prefer: wait}. */
	private static final String WAITING = ".waiting";

	private static final Duration AFTER_FULL_BULKHEAD = Duration.ofSeconds(1);

	private final CircuitBreakers breakers;

	private final ReactiveCircuitBreakerFactory<?, ?> factory;

	private final ServiceHeaders headers;

	CircuitBreakerFilter(CircuitBreakers breakers, ReactiveCircuitBreakerFactory<?, ?> factory,
			ServiceHeaders headers) {
		this.breakers = breakers;
		this.factory = factory;
		this.headers = headers;
	}

	@Override
	public int getOrder() {
		// The order of the learning balancer is in between.
		return ReactiveLoadBalancerClientFilter.LOAD_BALANCER_CLIENT_FILTER_ORDER - 2;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI url = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		if (!"lb".equals(url.getScheme())) {
			return chain.filter(exchange);
		}
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		String service = url.getHost();
		Duration wait = this.headers.preferredWait(exchange);
		String hop = service + "." + route.getId() + (wait.isZero() ? "" : WAITING);
		Rule rule = this.breakers.of(hop);
		Duration limit = rule.timeLimit().plus(wait);
		Mono<Void> request = chain.filter(exchange)
			.then(Mono.defer(() -> failedAnswer(exchange)))
			.timeout(limit, Mono.error(() -> new TimeLimitException(limit)));
		return this.factory.create(hop).run(request, (failure) -> answer(failure, service, rule.openTime(), limit));
	}

	private static Mono<Void> failedAnswer(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		return (status != null && FAILED.contains(status.value()))
				? Mono.error(new FailedAnswerException(status.value())) : Mono.empty();
	}

	private static Mono<Void> answer(Throwable failure, String service, Duration openTime, Duration limit) {
		return switch (failure) {
			// The answer of the service is passed on.
			case FailedAnswerException _ -> Mono.empty();
			case CallNotPermittedException _ ->
				refusal(service + " is unavailable at present. The request had no effect; try again in ", openTime);
			case BulkheadFullException _ ->
				refusal("Too many requests to " + service + ". The request had no effect; try again in ",
						AFTER_FULL_BULKHEAD);
			case TimeLimitException _ -> Mono.error(RefusedRequestException.retryLater(ProblemKind.UNAVAILABLE,
					service + " did not answer within " + exact(limit) + ". The request may still take effect; with an "
							+ "Idempotency-Key it is safe to repeat it.",
					openTime));
			default -> Mono.error(failure);
		};
	}

	private static Mono<Void> refusal(String untilTime, Duration after) {
		return Mono.error(RefusedRequestException.retryLater(ProblemKind.UNAVAILABLE,
				untilTime + RefusedRequestException.seconds(after) + " s.", after));
	}

	private static String exact(Duration time) {
		return (time.toMillisPart() == 0) ? time.toSeconds() + " s" : time.toMillis() + " ms";
	}

}
