package io.microplatform.acceptance.observability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Installed;
import io.microplatform.lab.platform.MetricsSnapshot;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.RunRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the names and help texts of all metrics with {@code promtool check metrics}.
 */
@AcceptanceTest
@EnabledIf("io.microplatform.acceptance.fixture.Installed#promtool")
class MetricNamesTests {

	/**
	 * The metrics of libraries that promtool objects to. Timers of observations, one of
	 * them of the platform, have no help text in Micrometer; the others have unusual
	 * units (ms, ns), labels (camelCase) or suffixes (_count).
	 */
	private static final Pattern OF_LIBRARIES = Pattern.compile(
			"(http_client_requests|http_server_requests|orders_ask_again|jdbc_query|lettuce|tasks_scheduled_execution"
					+ "|spring_cloud|spring_kafka|spring_security|reactor_netty|tomcat|kafka_consumer"
					+ "|kafka_producer|kafka_app_info|jvm_compilation_time|process_cpu_time|resilience4j"
					+ "|system_cpu_count)[_ ].*");

	private final PrivatePlatform platform;

	MetricNamesTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@Test
	void onlyMetricsOfLibrariesBreakTheConventions() throws IOException, InterruptedException {
		for (String service : List.of("api-gateway", "user-service", "order-service")) {
			for (RunRecord process : this.platform.processes().instancesOf(service)) {
				assertThat(objections(MetricsSnapshot.of(process).text())).as(service)
					.allMatch((line) -> OF_LIBRARIES.matcher(line).matches());
			}
		}
	}

	private static List<String> objections(String metrics) throws IOException, InterruptedException {
		String promtool = Installed.program("promtool").orElseThrow().toString();
		Process process = new ProcessBuilder(promtool, "check", "metrics").redirectErrorStream(true).start();
		try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
			input.write(metrics);
		}
		List<String> lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
		// 3: there are objections; 1: the metrics cannot be parsed.
		assertThat(process.waitFor()).as("%s", lines).isIn(0, 3);
		return lines;
	}

}
