package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.util.List;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that running instances do not need the config server and the registry.
 */
@AcceptanceTest
@StartsInstances
class ServersAwayTests {

	private static final String CONFIG = "config-server";

	private static final String DISCOVERY = "discovery-server";

	private static final Duration BEFORE = Duration.ofSeconds(2);

	/** Longer than the lease of 15 s in the registry and than every client-side cache. */
	private static final Duration OUTAGE = Duration.ofSeconds(16);

	/** Time in which instances, which register every 5 s, fill a restarted registry. */
	private static final Duration AFTER = Duration.ofSeconds(10);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private final PrivatePlatform platform;

	ServersAwayTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void startThePlatform() {
		this.platform.up();
	}

	@Test
	void noRequestFailsWhileBothServersAreStopped() {
		assertNoRequestFailsWithout(List.of(CONFIG, DISCOVERY));
		if (TestRun.isFull()) {
			assertANewInstanceServes();
		}
	}

	@FullRun
	@ParameterizedTest
	@ValueSource(strings = { CONFIG, DISCOVERY })
	void noRequestFailsWhileOneServerIsStopped(String server) {
		assertNoRequestFailsWithout(List.of(server));
	}

	private void assertNoRequestFailsWithout(List<String> servers) {
		try (BackgroundLoad load = new BackgroundLoad(this.platform)) {
			load.continueFor(BEFORE);
			servers.forEach(this::stop);
			load.continueFor(OUTAGE);
			this.platform.up();
			load.continueFor(AFTER);
			load.assertEveryOrderIsConfirmed();
			LoadReport all = load.stop();
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201");
		}
	}

	private void stop(String server) {
		RunRecord record = this.platform.processes().recordOf(server);
		this.platform.process(server).stop(record.endsOn(), STOP_TIMEOUT);
	}

	private void assertANewInstanceServes() {
		try (BackgroundLoad load = new BackgroundLoad(this.platform)) {
			this.platform.scale("order-service", 2);
			new DataLossCheck(this.platform).awaitServedBy("order-service-2");
			LoadReport all = load.stop();
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201");
		}
		finally {
			this.platform.scale("order-service", 1);
		}
	}

}
