package io.microplatform.user;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.starter.test.ServiceTest;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
class LoginMetricsTests {

	private final UserClient client;

	private final MeterRegistry meters;

	LoginMetricsTests(@LocalServerPort int port, MeterRegistry meters) {
		this.client = new UserClient(port);
		this.meters = meters;
	}

	@Test
	void loginsAreCountedByTheirOutcome() {
		UserClient.Person ann = this.client.person();
		double successes = logins("success");
		double failures = logins("failure");
		this.client.login(ann.email(), UserClient.PASSWORD);
		this.client.login(ann.email(), "wrong horse");
		this.client.login("x" + ann.email(), UserClient.PASSWORD);
		assertThat(logins("success")).isEqualTo(successes + 1);
		assertThat(logins("failure")).isEqualTo(failures + 2);
	}

	private double logins(String outcome) {
		return this.meters.get("logins").tag("outcome", outcome).counter().count();
	}

}
