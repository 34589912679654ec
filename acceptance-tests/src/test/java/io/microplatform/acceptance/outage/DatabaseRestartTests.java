package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.platform.PrivatePlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The database is killed and started again under the services, which nobody restarts.
 */
@AcceptanceTest
class DatabaseRestartTests {

	private static final String DATABASE = "postgresql";

	private static final Duration A_WHILE = Duration.ofSeconds(3);

	private final PrivatePlatform platform;

	DatabaseRestartTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void leaveThePlatformRunning() {
		this.platform.up();
	}

	@Test
	void withoutPostgresqlTheAnswerIsToTryAgain() {
		try (Browsing browsing = new Browsing(this.platform)) {
			browsing.goesOnFor(A_WHILE);
			Map<String, Long> before = this.platform.pids();
			this.platform.process(DATABASE).kill();
			browsing.goesOnFor(A_WHILE);

			this.platform.up();

			Map<String, Long> after = this.platform.pids();
			assertThat(after.remove(DATABASE)).isNotEqualTo(before.remove(DATABASE));
			browsing.recovers();
			Instant recovered = Instant.now();
			browsing.goesOnFor(A_WHILE);
			browsing.everyOrderIsConfirmed();
			assertThat(this.platform.pids()).containsAllEntriesOf(before);
			LoadReport all = browsing.stop();
			LoadReport since = browsing.between(recovered, Instant.now());
			assertThat(since.kinds()).as(since.toString()).containsOnlyKeys("200", "201");
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201", "503");
		}
	}

}
