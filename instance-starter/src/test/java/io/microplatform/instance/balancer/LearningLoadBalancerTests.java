package io.microplatform.instance.balancer;

import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.LinkedMultiValueMap;

import static org.assertj.core.api.Assertions.assertThat;

class LearningLoadBalancerTests {

	private static final Request<Object> REQUEST = new DefaultRequest<>(new Object());

	private static final Duration RAMP_UP = Duration.ofSeconds(3);

	private final Refreshable<EjectionProperties> ejection = new Refreshable<>(
			new EjectionProperties(3, 2, Duration.ofSeconds(1), Duration.ofSeconds(30), 0.5, "/health", RAMP_UP));

	private final AtomicLong nanos = new AtomicLong();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private List<ServiceInstance> registered = IntStream.rangeClosed(1, 3)
		.<ServiceInstance>mapToObj((number) -> new DefaultServiceInstance("orders:" + number, "orders", "127.0.0.1",
				8000 + number, false, Map.of("release", (number == 3) ? "2" : "1")))
		.toList();

	private Map<String, Integer> weights = Map.of();

	private final InstancePool pool = new InstancePool("orders", () -> this.registered,
			(instance) -> new TrackedInstance(instance, this.ejection, this.nanos::get, this.meters), this.ejection,
			() -> this.weights, this.meters);

	private final LearningLoadBalancer balancer = new LearningLoadBalancer(this.pool);

	@Test
	void oneRefusedConnectionEjectsAnInstance() {
		Response<ServiceInstance> refused = choose();
		this.balancer.onComplete(new CompletionContext<>(Status.FAILED,
				new IllegalStateException(new ConnectException("refused")), REQUEST, refused));
		assertThat(this.pool.ejected()).isOne();
		assertThat(IntStream.range(0, 100).mapToObj((number) -> choose().getServer()))
			.doesNotContain(refused.getServer());
	}

	@ParameterizedTest
	@CsvSource({ "200, false", "503, false", "502, true" })
	void answersCountByTheirStatus(int status, boolean isEjected) {
		Response<ServiceInstance> chosen = choose();
		for (int i = 0; i < this.ejection.get().failures(); i++) {
			this.balancer.onComplete(new CompletionContext<>(Status.SUCCESS, REQUEST, chosen, answer(status)));
		}
		assertThat(this.pool.ejected()).isEqualTo(isEjected ? 1 : 0);
	}

	@Test
	void weightsDecideAboutTheRelease() {
		this.weights = Map.of("2", 100);
		assertThat(IntStream.range(0, 100).mapToObj((number) -> choose().getServer()))
			.containsOnly(this.registered.getLast());
	}

	@Test
	void aServiceWithoutInstancesHasNoServer() {
		this.registered = List.of();
		assertThat(choose().hasServer()).isFalse();
		this.balancer.onComplete(new CompletionContext<>(Status.DISCARD, REQUEST, new EmptyResponse()));
		assertThat(this.meters.find("balancer.attempts").meters()).isEmpty();
	}

	private static ResponseData answer(int status) {
		return new ResponseData(HttpStatus.valueOf(status), new HttpHeaders(), new LinkedMultiValueMap<>(),
				new RequestData(HttpMethod.GET, URI.create("http://orders/"), new HttpHeaders(),
						new LinkedMultiValueMap<>(), Map.of()));
	}

	private Response<ServiceInstance> choose() {
		return Objects.requireNonNull(this.balancer.choose(REQUEST).block());
	}

}
