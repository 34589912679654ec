package io.microplatform.acceptance.outage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code up} restarts any process that was killed together with its children.
 * {@code ChaosTests} kills each of them as well.
 */
@FullRun
@AcceptanceTest
@StartsInstances
class KillTests {

	private static final List<String> COMPONENTS = List.of("order-service", "user-service", "postgresql", "redis",
			"kafka", "discovery-server", "config-server", "api-gateway");

	private final PrivatePlatform platform;

	KillTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void startThePlatform() {
		this.platform.up();
	}

	@ParameterizedTest
	@MethodSource
	void upRestartsAKilledProcess(String component) {
		DataLossCheck dataLossCheck = new DataLossCheck(this.platform);
		RunRecord record = this.platform.processes().recordOf(component);
		Map<String, Long> before = this.platform.pids();
		this.platform.process(component).kill();

		this.platform.up();

		Map<String, Long> after = this.platform.pids();
		assertThat(after.remove(record.instance())).isNotEqualTo(before.remove(record.instance()));
		assertThat(after).as("the others").isEqualTo(before);
		dataLossCheck.assertThatNothingIsLost();
	}

	/** Returns all components, in a random order. */
	static List<String> upRestartsAKilledProcess() {
		List<String> components = new ArrayList<>(COMPONENTS);
		Collections.shuffle(components, new Random(TestRun.seed()));
		return components;
	}

}
