package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the services recover without a restart after the database is killed and
 * started again.
 */
@FullRun
@AcceptanceTest
@StartsInstances
class DatabaseRestartTests {

	private static final String DATABASE = "postgresql";

	private static final Duration INTERVAL = Duration.ofSeconds(3);

	private final PrivatePlatform platform;

	DatabaseRestartTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void startThePlatform() {
		this.platform.up();
	}

	@Test
	void requestsFailWith503UntilTheDatabaseIsBack() {
		try (BackgroundLoad load = new BackgroundLoad(this.platform)) {
			load.continueFor(INTERVAL);
			Map<String, Long> before = this.platform.pids();
			this.platform.process(DATABASE).kill();
			load.continueFor(INTERVAL);

			this.platform.up();

			Map<String, Long> after = this.platform.pids();
			assertThat(after.remove(DATABASE)).isNotEqualTo(before.remove(DATABASE));
			load.awaitRecovery();
			Instant recovered = Instant.now();
			load.continueFor(INTERVAL);
			load.assertEveryOrderIsConfirmed();
			assertThat(this.platform.pids()).containsAllEntriesOf(before);
			LoadReport all = load.stop();
			LoadReport since = load.between(recovered, Instant.now());
			assertThat(since.kinds()).as(since.toString()).containsOnlyKeys("200", "201");
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201", "503");
		}
	}

}
