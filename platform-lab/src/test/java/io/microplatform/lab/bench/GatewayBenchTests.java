package io.microplatform.lab.bench;

import io.microplatform.lab.platform.PlatformFailedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GatewayBenchTests {

	@Test
	void theRouteToTheStubIsAddedToTheOthers() {
		assertThat(GatewayBench.withRoute("""
				webflux:
				  # The only routes.
				  routes:
				    - id: user-service
				      uri: lb://user-service
				  metrics:
				    enabled: true
				""")).isEqualTo("""
				webflux:
				  # The only routes.
				  routes:
				    - id: bench-stub
				      uri: lb://bench-stub
				      predicates:
				        - Path=/bench/**
				    - id: user-service
				      uri: lb://user-service
				  metrics:
				    enabled: true
				""");
	}

	@Test
	void aConfigurationWithoutRoutesIsRefused() {
		assertThatExceptionOfType(PlatformFailedException.class)
			.isThrownBy(() -> GatewayBench.withRoute("server:\n  port: 8080\n"));
	}

}
