package io.microplatform.acceptance.outage;

import java.util.Map;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each process of the platform killed in turn, with all its children and without a
 * warning.
 */
@AcceptanceTest
class KillTests {

	private final PrivatePlatform platform;

	KillTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void leaveThePlatformRunning() {
		this.platform.up();
	}

	@ParameterizedTest
	@ValueSource(strings = { "order-service", "user-service", "postgresql", "redis", "kafka", "discovery-server",
			"config-server", "api-gateway" })
	void upRepairsWhateverWasKilled(String victim) {
		Witness witness = new Witness(this.platform);
		RunRecord record = this.platform.processes().the(victim);
		Map<String, Long> before = this.platform.pids();
		this.platform.process(victim).kill();

		this.platform.up();

		Map<String, Long> after = this.platform.pids();
		assertThat(after.remove(record.instance())).isNotEqualTo(before.remove(record.instance()));
		assertThat(after).as("the others").isEqualTo(before);
		witness.testifiesThatAllIsWell();
	}

}
