package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.util.List;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The config server and the registry stopped: instances need them to start, not to run.
 */
@AcceptanceTest
class ServersAwayTests {

	private static final String CONFIG = "config-server";

	private static final String DISCOVERY = "discovery-server";

	private static final Duration BEFORE = Duration.ofSeconds(2);

	/** A lease in the registry lasts for 15 s, every cache of its clients is shorter. */
	private static final Duration AWAY = Duration.ofSeconds(16);

	/** A registry that comes back knows nobody: instances tell it again every 5 s. */
	private static final Duration AFTER = Duration.ofSeconds(10);

	private static final Duration STOP_TAKES_AT_MOST = Duration.ofSeconds(20);

	private final PrivatePlatform platform;

	ServersAwayTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void leaveThePlatformRunning() {
		this.platform.up();
	}

	@Test
	void nobodyNoticesThatBothAreAway() {
		nobodyNoticesThatTheyAreAway(List.of(CONFIG, DISCOVERY));
		assertANewInstanceServes();
	}

	@FullRun
	@ParameterizedTest
	@ValueSource(strings = { CONFIG, DISCOVERY })
	void nobodyNoticesThatOneIsAway(String server) {
		nobodyNoticesThatTheyAreAway(List.of(server));
	}

	private void nobodyNoticesThatTheyAreAway(List<String> servers) {
		try (Browsing browsing = new Browsing(this.platform)) {
			browsing.goesOnFor(BEFORE);
			servers.forEach(this::stop);
			browsing.goesOnFor(AWAY);
			this.platform.up();
			browsing.goesOnFor(AFTER);
			browsing.everyOrderIsConfirmed();
			LoadReport all = browsing.stop();
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201");
		}
	}

	private void stop(String server) {
		RunRecord record = this.platform.processes().the(server);
		this.platform.process(server).stop(record.endsOn(), STOP_TAKES_AT_MOST);
	}

	private void assertANewInstanceServes() {
		try (Browsing browsing = new Browsing(this.platform)) {
			this.platform.scale("order-service", 2);
			new Witness(this.platform).isServedBy("order-service-2");
			LoadReport all = browsing.stop();
			assertThat(all.kinds()).as(all.toString()).containsOnlyKeys("200", "201");
		}
		finally {
			this.platform.scale("order-service", 1);
		}
	}

}
