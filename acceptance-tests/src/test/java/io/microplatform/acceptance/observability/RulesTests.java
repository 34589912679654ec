package io.microplatform.acceptance.observability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.Installed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the rules, their tests and the configuration with Prometheus's own tools.
 */
@Execution(ExecutionMode.CONCURRENT)
@EnabledIf("io.microplatform.acceptance.fixture.Installed#promtool")
class RulesTests {

	private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("platform.root")))
		.resolve("observability");

	@Test
	void theConfigurationIsValid() throws IOException, InterruptedException {
		run("promtool", "check", "config", "--syntax-only", ROOT.resolve("prometheus/prometheus.yml").toString());
		run("amtool", "check-config", ROOT.resolve("alertmanager/alertmanager.yml").toString());
	}

	@Test
	void theRulesAreValid() throws IOException, InterruptedException {
		run("promtool", files("prometheus/rules", "check", "rules"));
	}

	@Test
	void everyAlertFiresWhenItShould() throws IOException, InterruptedException {
		run("promtool", files("prometheus/tests", "test", "rules"));
	}

	@Test
	void everyAlertHasARunbookAndATestInWhichItFires() throws IOException {
		List<String> alerts = Files.readAllLines(ROOT.resolve("prometheus/rules/alerts.yml"))
			.stream()
			.filter((line) -> line.contains("- alert: "))
			.map((line) -> line.substring(line.indexOf(": ") + 2).strip())
			.distinct()
			.toList();
		assertThat(alerts).hasSizeGreaterThanOrEqualTo(15);
		List<String> fired = new ArrayList<>();
		for (Path file : files("prometheus/tests")) {
			Map<String, Object> tests = new Yaml().load(Files.readString(file));
			JsonMapper.shared()
				.valueToTree(tests)
				.path("tests")
				.forEach((test) -> test.path("alert_rule_test").forEach((expected) -> {
					if (!expected.path("exp_alerts").isEmpty()) {
						fired.add(expected.path("alertname").stringValue(""));
					}
				}));
		}
		for (String alert : alerts) {
			assertThat(ROOT.resolveSibling("docs/runbooks").resolve(alert + ".md")).exists();
			assertThat(fired).contains(alert);
		}
	}

	private static List<Path> files(String folder) throws IOException {
		try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
			return files.filter((file) -> file.toString().endsWith(".yml")).sorted().toList();
		}
	}

	private static String[] files(String folder, String... command) throws IOException {
		List<String> line = new ArrayList<>(List.of(command));
		files(folder).forEach((file) -> line.add(file.toString()));
		return line.toArray(String[]::new);
	}

	private static void run(String program, String... arguments) throws IOException, InterruptedException {
		List<String> line = new ArrayList<>(List.of(Installed.program(program).orElseThrow().toString()));
		line.addAll(List.of(arguments));
		Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
	}

}
