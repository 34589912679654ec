package io.microplatform.lab.chaos;

import java.time.Duration;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a short chaos run, in which each component is affected once.
 */
@AcceptanceTest
@StartsInstances
class ChaosTests {

	private final PrivatePlatform platform;

	ChaosTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void startThePlatform() {
		this.platform.up();
	}

	@Test
	void everyAcknowledgedOrderIsAppliedOnce() {
		ChaosReport report = new ChaosRun(TestRun.seed(), Duration.ofSeconds(40), new Progress(System.out))
			.runOn(this.platform);
		System.out.println(report);
		assertThat(report.passed()).as(report.toString()).isTrue();
		assertThat(report.reconciliation().acknowledged()).isPositive();
	}

}
