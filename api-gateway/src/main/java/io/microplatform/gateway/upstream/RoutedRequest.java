package io.microplatform.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

import io.microplatform.instance.balancer.Attempt;
import io.microplatform.instance.balancer.Call;
import io.microplatform.instance.balancer.InstanceUri;
import io.microplatform.instance.balancer.Outcome;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.NotFoundException;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request on its way to one instance after another. What the chain does until the head
 * of the service's answer is there is an attempt, and can be done again; what the client
 * gets begins after it.
 *
 * @param service its name in the registry
 * @param exchange the request, whose body can be taken more than once
 * @param chain what sends it
 * @param call knows the instances, and whether to try another
 * @param patience for the head of an answer, when somebody else could answer as well
 */
record RoutedRequest(String service, ServerWebExchange exchange, GatewayFilterChain chain, Call call,
		Duration patience) {

	/** Completes when a service has answered, with the head of the answer. */
	Mono<Void> send() {
		return attempt(new NotFoundException("No instance of " + this.service + " is known"));
	}

	private Mono<Void> attempt(Throwable otherwise) {
		return Mono.defer(() -> this.call.attempt().map(this::attempt).orElseGet(() -> Mono.error(otherwise)));
	}

	private Mono<Void> attempt(Attempt attempt) {
		Mono<Long> tooLate = Mono.delay(this.patience)
			.flatMap((late) -> this.call.giveUp(attempt) ? Mono.just(late) : Mono.never());
		return sendTo(attempt.instance()).timeout(tooLate, Mono.error(GivenUpException::new))
			.then(Mono.fromSupplier(this::answer))
			.onErrorResume((failure) -> Mono.just(Result.of(failure)))
			.doOnCancel(() -> attempt.end(Outcome.ABANDONED))
			.flatMap((result) -> judge(attempt, result));
	}

	private Mono<Void> sendTo(ServiceInstance instance) {
		URI asked = this.exchange.getRequest().getURI();
		this.exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, InstanceUri.of(instance, asked));
		return this.chain.filter(this.exchange);
	}

	private Result answer() {
		ServerHttpResponse response = this.exchange.getResponse();
		@Nullable HttpStatusCode status = response.getStatusCode();
		return new Result((status != null) ? Outcome.of(status.value(), response.getHeaders()) : Outcome.ANSWERED,
				null);
	}

	private Mono<Void> judge(Attempt attempt, Result result) {
		attempt.end(result.outcome());
		Throwable failure = result.failure();
		if (failure instanceof GivenUpException) {
			return again(Duration.ZERO, failure);
		}
		Optional<Duration> pause = (result.outcome() != Outcome.ANSWERED) ? this.call.again(result.outcome())
				: Optional.empty();
		return pause.map((time) -> again(time, failure))
			.orElseGet(() -> (failure != null) ? Mono.error(failure) : Mono.empty());
	}

	private Mono<Void> again(Duration pause, @Nullable Throwable failure) {
		forgetAnswer();
		Mono<Void> next = attempt((failure != null) ? failure
				: new NotFoundException("No other instance of " + this.service + " is known"));
		return pause.isZero() ? next : Mono.delay(pause).then(next);
	}

	/** Of the attempt before, if there was one. */
	private void forgetAnswer() {
		Connection connection = this.exchange.getAttribute(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
		if (connection != null) {
			connection.dispose();
			this.exchange.getAttributes().remove(ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR);
		}
		ServerWebExchangeUtils.reset(this.exchange);
	}

	/**
	 * How an attempt ended.
	 *
	 * @param failure null when there is an answer
	 */
	private record Result(Outcome outcome, @Nullable Throwable failure) {

		static Result of(Throwable failure) {
			return new Result(Outcome.of(failure, UpstreamFailures::outcomeOfOne), failure);
		}

	}

	/** Somebody else is asked instead. */
	private static final class GivenUpException extends RuntimeException {

		private static final long serialVersionUID = 1;

		GivenUpException() {
			super("not answered in time", null, false, false);
		}

	}

}
