package io.microplatform.acceptance.outage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.Installed;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.RunningProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that users notice nothing while a program that observes the platform is stopped
 * or hangs, that {@code status} shows it, and that {@code up} starts it again.
 */
@FullRun
@AcceptanceTest
@StartsInstances
class ObservabilityOutageTests {

	private final PrivatePlatform platform;

	ObservabilityOutageTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@AfterEach
	void startThePlatform() {
		this.platform.up();
	}

	@ParameterizedTest
	@MethodSource("programs")
	void usersNoticeNothingWhileAProgramIsStopped(String program) {
		DataLossCheck dataLossCheck = new DataLossCheck(this.platform);
		Map<String, Long> before = this.platform.pids();
		this.platform.process(program).kill();
		dataLossCheck.assertThatNothingIsLost();
		assertThat(stateOf(program)).isEqualTo("DOWN");

		this.platform.up();

		Map<String, Long> after = this.platform.pids();
		assertThat(after.remove(program)).isNotEqualTo(before.remove(program));
		assertThat(after).as("the others").isEqualTo(before);
		assertThat(stateOf(program)).isEqualTo("UP");
	}

	@ParameterizedTest
	@MethodSource("programs")
	void usersNoticeNothingWhileAProgramHangs(String program) {
		DataLossCheck dataLossCheck = new DataLossCheck(this.platform);
		RunningProcess process = this.platform.process(program);
		process.pause();
		try {
			dataLossCheck.assertThatNothingIsLost();
		}
		finally {
			process.resume();
		}
	}

	static List<String> programs() {
		List<String> programs = new ArrayList<>(List.of("zipkin", "admin-server"));
		if (Installed.prometheus()) {
			programs
				.addAll(List.of("prometheus", "alertmanager", "node-exporter", "postgres-exporter", "redis-exporter"));
		}
		return programs;
	}

	private String stateOf(String program) {
		return JsonMapper.shared()
			.readTree(this.platform.run("status", "--json").text())
			.path("processes")
			.valueStream()
			.filter((process) -> process.path("name").stringValue("").equals(program))
			.map((process) -> process.path("state").stringValue(""))
			.findFirst()
			.orElse("not listed");
	}

}
