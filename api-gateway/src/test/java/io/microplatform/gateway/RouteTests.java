package io.microplatform.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.context.ApplicationListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class RouteTests extends GatewayTest {

	private static final String ROUTE = "--spring.cloud.gateway.server.webflux.routes[0].";

	@Test
	void areNotBuiltAnewWithEveryChangeInTheRegistry() {
		List<RefreshRoutesEvent> built = new ArrayList<>();
		ApplicationListener<RefreshRoutesEvent> listener = built::add;
		gateway.addApplicationListener(listener);
		try {
			gateway.publishEvent(new HeartbeatEvent(this, UUID.randomUUID()));
			assertThat(built).isEmpty();
		}
		finally {
			gateway.removeApplicationListener(listener);
		}
	}

	@Test
	void withAMistakeStopTheStart() {
		assertThatException()
			.isThrownBy(() -> start(ROUTE + "id=wrong", ROUTE + "uri=lb://user-service",
					ROUTE + "predicates[0]=Nonsense=/users"))
			.withStackTraceContaining("Nonsense");
	}

}
