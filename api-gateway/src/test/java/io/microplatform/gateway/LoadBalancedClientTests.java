package io.microplatform.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients as any team would add them to an application.
 */
class LoadBalancedClientTests extends GatewayTest {

	private static final int OFTEN = 20;

	private static ConfigurableApplicationContext application;

	private final Upstream healthy = new Upstream();

	private final Upstream other = new Upstream();

	@BeforeAll
	static void startWithClients() {
		application = start(List.of(Clients.class), "--platform.traffic.weights.weighted-service[2]=100");
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@AfterEach
	void close() {
		this.healthy.close();
		this.other.close();
	}

	@Test
	void aBlockingClientSendsAgainWhatWasNotSent() throws Exception {
		register("first-service", closedPort(), this.healthy.port());
		RestClient client = application.getBean(RestClient.Builder.class).build();
		for (int i = 0; i < OFTEN; i++) {
			assertThat(client.post().uri("http://first-service/users").retrieve().toBodilessEntity().getStatusCode())
				.isEqualTo(HttpStatusCode.valueOf(201));
		}
		assertThat(this.healthy.takeRequests()).hasSize(OFTEN);
	}

	@Test
	void anInterfaceClientSendsAgainWhatWasNotSent() throws Exception {
		register("second-service", closedPort(), this.healthy.port());
		Users users = HttpServiceProxyFactory
			.builderFor(RestClientAdapter
				.create(application.getBean(RestClient.Builder.class).clone().baseUrl("http://second-service").build()))
			.build()
			.createClient(Users.class);
		for (int i = 0; i < OFTEN; i++) {
			assertThat(users.user().getStatusCode()).isEqualTo(HttpStatusCode.valueOf(201));
		}
		assertThat(this.healthy.takeRequests()).hasSize(OFTEN);
	}

	@Test
	void aReactiveClientMeetsARefusedConnectionAtMostOnce() throws Exception {
		register("third-service", closedPort(), this.healthy.port());
		WebClient client = application.getBean(WebClient.Builder.class).build();
		long failed = 0;
		for (int i = 0; i < OFTEN; i++) {
			failed += status(client, "http://third-service/users/7") == 201 ? 0 : 1;
		}
		assertThat(failed).isLessThanOrEqualTo(1);
		assertThat(this.healthy.takeRequests()).hasSize(OFTEN - (int) failed);
	}

	@Test
	void weightsApplyToEveryClient() {
		register("weighted-service", Map.of(this.healthy.port(), "2", this.other.port(), "1"));
		WebClient reactive = application.getBean(WebClient.Builder.class).build();
		RestClient blocking = application.getBean(RestClient.Builder.class).build();
		for (int i = 0; i < OFTEN; i++) {
			assertThat(status(reactive, "http://weighted-service/users/7")).isEqualTo(201);
			assertThat(blocking.get().uri("http://weighted-service/users/7").retrieve().toBodilessEntity()).isNotNull();
		}
		assertThat(this.healthy.takeRequests()).hasSize(2 * OFTEN);
		assertThat(this.other.takeRequests()).isEmpty();
	}

	private static int status(WebClient client, String uri) {
		return client.get()
			.uri(uri)
			.exchangeToMono((response) -> response.releaseBody().thenReturn(response.statusCode().value()))
			.onErrorReturn(0)
			.blockOptional()
			.orElse(0);
	}

	private static int closedPort() throws IOException {
		try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return closed.getLocalPort();
		}
	}

	interface Users {

		@GetExchange("/users/7")
		ResponseEntity<Void> user();

	}

	/** Not annotated, so that the component scan of another gateway does not find it. */
	static class Clients {

		@Bean
		@LoadBalanced
		RestClient.Builder blockingClients() {
			return RestClient.builder();
		}

		@Bean
		@LoadBalanced
		WebClient.Builder reactiveClients() {
			return WebClient.builder();
		}

	}

}
