package io.microplatform.acceptance.chaos;

import java.time.Duration;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A short run of what {@code ./platform chaos} does at length: every part is struck once.
 */
@AcceptanceTest
class ChaosTests {

	private final PrivatePlatform platform;

	ChaosTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void leaveThePlatformRunning() {
		this.platform.up();
	}

	@Test
	void everyAcknowledgedOrderIsAppliedOnce() {
		ChaosReport report = new ChaosRun(TestRun.seed(), Duration.ofSeconds(40), new Progress(System.out))
			.on(this.platform);
		System.out.println(report);
		assertThat(report.isGood()).as(report.toString()).isTrue();
		assertThat(report.settlement().acknowledged()).isPositive();
	}

}
