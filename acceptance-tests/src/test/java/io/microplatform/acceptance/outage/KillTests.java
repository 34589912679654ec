package io.microplatform.acceptance.outage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each process of the platform killed in turn, with all its children and without a
 * warning.
 */
@AcceptanceTest
class KillTests {

	private static final List<String> PARTS = List.of("order-service", "user-service", "postgresql", "redis", "kafka",
			"discovery-server", "config-server", "api-gateway");

	private final PrivatePlatform platform;

	KillTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void leaveThePlatformRunning() {
		this.platform.up();
	}

	@ParameterizedTest
	@MethodSource
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

	/** All of them, or two by chance: a short run of chaos strikes each as well. */
	static List<String> upRepairsWhateverWasKilled() {
		List<String> parts = new ArrayList<>(PARTS);
		Collections.shuffle(parts, new Random(TestRun.seed()));
		return TestRun.isFull() ? parts : parts.subList(0, 2);
	}

}
