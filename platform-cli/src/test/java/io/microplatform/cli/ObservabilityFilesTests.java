package io.microplatform.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;

class ObservabilityFilesTests {

	private static final String PROMETHEUS = """
			a: 127.0.0.1:8761
			# begin --ha
			b: http://127.0.0.1:8762/eureka
			# end --ha
			c: 127.0.0.1:19093
			d: 127.0.0.1:9999
			""";

	private final Path root;

	private final Path state;

	ObservabilityFilesTests(@TempDir Path directory) throws IOException {
		this.root = directory.resolve("checkout");
		this.state = directory.resolve("state");
		write("prometheus/prometheus.yml", PROMETHEUS);
		write("prometheus/rules/alerts.yml", "# 127.0.0.1:8761\n");
		write("alertmanager/alertmanager.yml", "receivers:\n  - name: operators\n");
		write("grafana/provisioning/datasources/prometheus.yml", "url: http://127.0.0.1:19090\n");
		write("grafana/dashboards/overview.json", "{ \"port\": \"127.0.0.1:19090\" }");
	}

	@Test
	void hasThePortsOfThePlatform() throws Exception {
		render(Map.of("PLATFORM_DISCOVERY_PORT", "4001", "PLATFORM_ALERTMANAGER_PORT", "4002"), false);
		assertThat(read("prometheus/prometheus.yml"))
			.isEqualTo("a: 127.0.0.1:4001\nc: 127.0.0.1:4002\nd: 127.0.0.1:9999\n");
		assertThat(read("grafana/dashboards/overview.json")).contains("127.0.0.1:19090");
	}

	@Test
	void configuresThePathsAndTheAddressOfTheLogShipper() throws Exception {
		write("elk/rsyslog.conf", "read @LOGS@/*.log* work @WORK@ server http://127.0.0.1:19200\n");
		render(Map.of("PLATFORM_ELASTICSEARCH_PORT", "4003"), false);
		assertThat(read("elk/rsyslog.conf")).isEqualTo("read %s/logs/*.log* work %s/data/log-shipper server %s\n"
			.formatted(this.state, this.state, "http://127.0.0.1:4003"));
	}

	@Test
	void hasBothOfAPair() throws Exception {
		render(Map.of("PLATFORM_DISCOVERY_2_PORT", "4001"), true);
		assertThat(read("prometheus/prometheus.yml")).isEqualTo("""
				a: 127.0.0.1:8761
				b: http://127.0.0.1:4001/eureka
				c: 127.0.0.1:19093
				d: 127.0.0.1:9999
				""");
	}

	@Test
	void leavesNothingOfAnEarlierRun() throws Exception {
		render(Map.of(), false);
		Files.writeString(this.state.resolve("observability/prometheus/rules/old.yml"), "groups: []\n");
		render(Map.of(), false);
		assertThat(this.state.resolve("observability/prometheus/rules/old.yml")).doesNotExist();
		assertThat(read("prometheus/rules/alerts.yml")).isNotEmpty();
	}

	@Test
	void givesPrometheusThePasswordsAlone() throws Exception {
		render(Map.of(), false);
		Path password = this.state.resolve("observability/prometheus/secrets/discovery-password");
		assertThat(Files.readString(password)).hasSizeGreaterThanOrEqualTo(16).doesNotContain("\n");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password))).isEqualTo("rw-------");
	}

	@Test
	void namesTheReceivers() throws Exception {
		render(Map.of("PLATFORM_ALERTS_WEBHOOK", "http://127.0.0.1:1/a"), false);
		assertThat(read("alertmanager/alertmanager.yml")).isEqualTo("""
				receivers:
				  - name: operators
				    webhook_configs:
				      - url: 'http://127.0.0.1:1/a'
				""");
	}

	@Test
	void remembersTheReceivers() throws Exception {
		render(Map.of("PLATFORM_ALERTS_WEBHOOK", "http://127.0.0.1:1/a"), false);
		render(Map.of(), false);
		assertThat(read("alertmanager/alertmanager.yml")).endsWith("      - url: 'http://127.0.0.1:1/a'\n");
	}

	/** The URL of a webhook often is a secret. */
	@Test
	void isReadableByItsOwnerOnly() throws Exception {
		render(Map.of(), false);
		Path receivers = this.state.resolve("observability/alertmanager/alertmanager.yml");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(receivers))).isEqualTo("rw-------");
	}

	private void render(Map<String, String> environment, boolean pairs) throws Exception {
		Context context = new Context(this.root, new StateDirectory(this.state).create(), environment,
				new PrintStream(PrintStream.nullOutputStream()), new PrintStream(PrintStream.nullOutputStream()),
				Instant.now());
		if (pairs) {
			context.wanted().set(Plan.DISCOVERY, PairPlan.BOTH);
		}
		PortChoice ports = new PortChoice(environment);
		new ObservabilityFiles(context, ports, Plan.of(ports, context, ""), Optional.empty())
			.write(Secrets.in(context.state()), AlertReceivers.of(environment));
	}

	private void write(String file, String text) throws IOException {
		Path path = this.root.resolve("observability").resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

	private String read(String file) throws IOException {
		return Files.readString(this.state.resolve("observability").resolve(file));
	}

}
