package io.microplatform.instance.balancer;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Lets a blocking client call a service by its name: sends each request to an instance of
 * the service that is its URI's host, and to another one when that fails and it does no
 * harm. Thread-safe.
 */
public final class BalancedRequests implements ClientHttpRequestInterceptor {

	private final Balancer balancer;

	BalancedRequests(Balancer balancer) {
		this.balancer = balancer;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		String service = request.getURI().getHost();
		Call call = this.balancer.call(service, request.getMethod(), request.getURI().getRawPath(),
				request.getHeaders(), null);
		IOException failure = new ConnectException("There is no instance of " + service);
		Optional<Attempt> next = call.attempt();
		while (next.isPresent()) {
			Attempt attempt = next.get();
			Optional<Duration> pause;
			try {
				ClientHttpResponse response = execution.execute(at(attempt.instance(), request), body);
				Outcome outcome = Outcome.of(response.getStatusCode().value(), response.getHeaders());
				attempt.end(outcome);
				pause = (outcome != Outcome.ANSWERED) ? call.again(outcome) : Optional.empty();
				if (pause.isEmpty()) {
					return response;
				}
				response.close();
			}
			catch (IOException ex) {
				Outcome outcome = Outcome.of(ex, Outcome::ofOne);
				attempt.end(outcome);
				pause = call.again(outcome);
				failure = ex;
			}
			finally {
				attempt.end(Outcome.ABANDONED);
			}
			pause.ifPresent((time) -> LockSupport.parkNanos(time.toNanos()));
			next = pause.isPresent() ? call.attempt() : Optional.empty();
		}
		throw failure;
	}

	private static HttpRequest at(ServiceInstance instance, HttpRequest request) {
		URI uri = InstanceUri.of(instance, request.getURI());
		return new HttpRequestWrapper(request) {

			@Override
			public URI getURI() {
				return uri;
			}

		};
	}

}
