package io.microplatform.acceptance.lifecycle;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class DemoTests {

	private final PrivatePlatform platform;

	DemoTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@RepeatedTest(2)
	void everyStepSucceeds() {
		CommandOutput demo = this.platform.run("demo");
		assertThat(demo.exitCode()).as(demo.text()).isZero();
		assertThat(demo.text()).doesNotContain("✗", "Exception", "\tat ", "SLF4J");
		assertThat(demo.text()).contains("order.created", "credit.reserved", "order.confirmed", "CONFIRMED", "REJECTED",
				"available 750.10", "404", "401", "requests at order-service-1", "requests at order-service-2");
		assertThat(this.platform.processes().instancesOf("order-service")).hasSize(1);
		assertThat(demo.text().lines().filter((line) -> line.startsWith("✓"))).hasSizeGreaterThan(10);
		assertThat(demo.lastLine()).contains(this.platform.gateway().toString());
	}

}
