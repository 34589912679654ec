package io.microplatform.instance.balancer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Sends each request of a blocking client to an instance of the service that is the host
 * of its URI, and again as {@link BalancedRequest} decides. Replaces
 * {@link org.springframework.cloud.client.loadbalancer.LoadBalancerInterceptor}. Throws
 * the exception of the last attempt if there is no answer. Thread-safe.
 */
final class LearningLoadBalancerInterceptor implements BlockingLoadBalancerInterceptor {

	private final Balancer balancer;

	LearningLoadBalancerInterceptor(Balancer balancer) {
		this.balancer = balancer;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		String service = request.getURI().getHost();
		BalancedRequest balanced = this.balancer.request(service, request.getMethod(), request.getURI().getRawPath(),
				request.getHeaders(), null);
		IOException failure = new ConnectException("There is no instance of " + service);
		for (Optional<Attempt> next = balanced.attempt(); next.isPresent(); next = balanced.attempt()) {
			Attempt attempt = next.get();
			Optional<Duration> pause;
			try {
				ClientHttpResponse response = execution.execute(at(attempt.instance(), request), body);
				AttemptOutcome outcome = AttemptOutcome.of(response.getStatusCode().value(), response.getHeaders());
				attempt.end(outcome);
				pause = balanced.retryDelay(outcome);
				if (pause.isEmpty()) {
					return response;
				}
				response.close();
			}
			catch (IOException ex) {
				// The caller gave up, for example because of a time limit.
				AttemptOutcome outcome = Thread.currentThread().isInterrupted() ? AttemptOutcome.ABANDONED
						: AttemptOutcome.of(ex, AttemptOutcome::ofException);
				attempt.end(outcome);
				pause = balanced.retryDelay(outcome);
				if (pause.isEmpty()) {
					throw ex;
				}
				failure = ex;
			}
			finally {
				attempt.end(AttemptOutcome.ABANDONED);
			}
			LockSupport.parkNanos(pause.get().toNanos());
		}
		throw failure;
	}

	private static HttpRequest at(ServiceInstance instance, HttpRequest request) {
		URI uri = InstanceUri.of(instance.getUri(), request.getURI());
		return new HttpRequestWrapper(request) {

			@Override
			public URI getURI() {
				return uri;
			}

		};
	}

}
