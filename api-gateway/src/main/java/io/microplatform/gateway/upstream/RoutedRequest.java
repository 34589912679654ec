package io.microplatform.gateway.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import io.micrometer.observation.Observation;
import io.microplatform.instance.balancer.Attempt;
import io.microplatform.instance.balancer.AttemptOutcome;
import io.microplatform.instance.balancer.BalancedRequest;
import io.microplatform.instance.balancer.InstanceUri;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.NotFoundException;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.cloud.gateway.support.TimeoutException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request on its way to one instance after another. An attempt is what the rest of the
 * chain does until the head of an answer is there; it can be repeated, because nothing is
 * written to the client before.
 *
 * @param service the name of the service in the registry
 * @param exchange the exchange, whose request body can be read more than once
 * @param chain the filters that send the request
 * @param request chooses the instances, and decides whether there is another attempt
 * @param attemptTimeout the time after which an attempt is given up for another one
 */
record RoutedRequest(String service, ServerWebExchange exchange, GatewayFilterChain chain, BalancedRequest request,
		Duration attemptTimeout) {

	/** Attribute of a stopped observation; the gateway's constant is not public. */
	private static final String OBSERVATION_STOPPED = "gateway.observation.stopped";

	/** Completes when the head of an answer is there. */
	Mono<Void> send() {
		return attempt(new NotFoundException("No instance of " + this.service + " is known"));
	}

	private Mono<Void> attempt(Throwable otherwise) {
		return Mono.defer(() -> this.request.attempt().map(this::send).orElseGet(() -> Mono.error(otherwise)));
	}

	private Mono<Void> send(Attempt attempt) {
		URI uri = InstanceUri.of(attempt.instance().getUri(), this.exchange.getRequest().getURI());
		this.exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, uri);
		// An attempt that was given up may have been answered since.
		this.exchange.getAttributes().remove(OBSERVATION_STOPPED);
		Mono<Long> givenUp = Mono.delay(this.attemptTimeout)
			.filter((elapsed) -> this.request.giveUp(attempt))
			.switchIfEmpty(Mono.never());
		return this.chain.filter(this.exchange)
			.then(Mono.fromSupplier(this::answer))
			.onErrorResume((failure) -> Mono.just(Result.failed(failure)))
			.timeout(givenUp, Mono.fromSupplier(Result::ofGivenUp))
			.doOnCancel(() -> {
				attempt.end(AttemptOutcome.ABANDONED);
				stopObservation(null);
			})
			.flatMap((result) -> conclude(attempt, result));
	}

	private Result answer() {
		ServerHttpResponse response = this.exchange.getResponse();
		@Nullable HttpStatusCode status = response.getStatusCode();
		return new Result(
				(status != null) ? AttemptOutcome.of(status.value(), response.getHeaders()) : AttemptOutcome.ANSWERED,
				null, false);
	}

	private Mono<Void> conclude(Attempt attempt, Result result) {
		attempt.end(result.outcome());
		Throwable failure = result.failure();
		stopObservation(failure);
		Optional<Duration> pause = result.givenUp() ? Optional.of(Duration.ZERO)
				: this.request.retryDelay(result.outcome());
		if (pause.isEmpty()) {
			return (failure != null) ? Mono.error(failure) : Mono.empty();
		}
		ServerWebExchangeUtils.reset(this.exchange);
		Mono<Void> next = attempt(Objects.requireNonNullElseGet(failure,
				() -> new NotFoundException("No other instance of " + this.service + " is known")));
		return pause.get().isZero() ? next : Mono.delay(pause.get()).then(next);
	}

	/**
	 * Stops the observation of an attempt. The gateway itself stops only those of
	 * answered attempts; all others would remain active, with their meters and spans.
	 */
	private void stopObservation(@Nullable Throwable failure) {
		Map<String, Object> attributes = this.exchange.getAttributes();
		boolean isStopped = attributes.remove(OBSERVATION_STOPPED) != null;
		if (attributes.remove(ServerWebExchangeUtils.GATEWAY_OBSERVATION_ATTR) instanceof Observation observation
				&& !isStopped) {
			if (failure != null) {
				observation.error(failure);
			}
			observation.stop();
		}
	}

	/**
	 * How an attempt ended.
	 *
	 * @param failure {@code null} if there is an answer
	 * @param givenUp whether the next attempt is due at once
	 */
	private record Result(AttemptOutcome outcome, @Nullable Throwable failure, boolean givenUp) {

		static Result failed(Throwable failure) {
			return new Result(AttemptOutcome.of(failure, UpstreamFailures::outcomeOfOne), failure, false);
		}

		static Result ofGivenUp() {
			return new Result(AttemptOutcome.TIMED_OUT, new TimeoutException("No answer in time"), true);
		}

	}

}
