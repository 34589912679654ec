package io.microplatform.instance.balancer;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;

/**
 * {@link ReactorServiceInstanceLoadBalancer} of one service, for clients that use Spring
 * Cloud LoadBalancer and not a {@link BalancedRequest}, such as a {@code @LoadBalanced}
 * {@code WebClient}. Chooses from the same {@link InstancePool} as all other clients, and
 * learns from each request that completes. Does not send a request again. Requests are
 * not counted as in flight, because {@link LoadBalancerLifecycle} does not report the end
 * of one that is cancelled.
 */
final class LearningLoadBalancer
		implements ReactorServiceInstanceLoadBalancer, LoadBalancerLifecycle<Object, Object, ServiceInstance> {

	private final InstancePool pool;

	LearningLoadBalancer(InstancePool pool) {
		this.pool = pool;
	}

	@Override
	@SuppressWarnings("rawtypes")
	public Mono<Response<ServiceInstance>> choose(Request request) {
		return Mono.fromSupplier(() -> this.pool.choose(List.of(), new ReleaseChoice(null))
			.<Response<ServiceInstance>>map((chosen) -> new DefaultResponse(chosen.instance()))
			.orElseGet(EmptyResponse::new));
	}

	@Override
	public void onStart(Request<Object> request) {
	}

	@Override
	public void onStartRequest(Request<Object> request, Response<ServiceInstance> response) {
	}

	@Override
	public void onComplete(CompletionContext<Object, ServiceInstance, Object> completion) {
		Response<ServiceInstance> response = completion.getLoadBalancerResponse();
		@Nullable ServiceInstance instance = (response != null) ? response.getServer() : null;
		if (instance != null) {
			this.pool.learn(instance, outcome(completion));
		}
	}

	/** Anything else may be the caller's own: an exhausted pool, a filter, an encoder. */
	private static boolean isOfConnection(Throwable failure) {
		return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(IOException.class::isInstance);
	}

	private static AttemptOutcome outcome(CompletionContext<Object, ServiceInstance, Object> completion) {
		Throwable failure = completion.getThrowable();
		if (failure != null) {
			return isOfConnection(failure) ? AttemptOutcome.of(failure, AttemptOutcome::ofException)
					: AttemptOutcome.ABANDONED;
		}
		return (completion.getClientResponse() instanceof ResponseData data && data.getHttpStatus() != null)
				? AttemptOutcome.of(data.getHttpStatus().value(), data.getHeaders()) : AttemptOutcome.ANSWERED;
	}

}
