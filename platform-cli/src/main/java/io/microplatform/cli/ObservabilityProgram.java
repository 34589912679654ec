package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.SearchPath;

/**
 * The programs of the system that {@code up --with} starts. They are not part of the
 * platform: nothing depends on them.
 */
enum ObservabilityProgram {

	/** Collects the metrics and evaluates the alerts. */
	PROMETHEUS("prometheus", Part.PROMETHEUS, true, Port.PROMETHEUS, "/-/ready", "prometheus", "prometheus"),

	/** Notifies of alerts. */
	ALERTMANAGER("alertmanager", Part.PROMETHEUS, true, Port.ALERTMANAGER, "/-/ready", "prometheus-alertmanager",
			"alertmanager"),

	/** Exports metrics of the machine, and the result of the last audit. */
	NODE_EXPORTER("node-exporter", Part.PROMETHEUS, false, Port.NODE_EXPORTER, "/", "prometheus-node-exporter",
			"node_exporter"),

	/** Exports metrics of PostgreSQL. */
	POSTGRES_EXPORTER("postgres-exporter", Part.PROMETHEUS, false, Port.POSTGRES_EXPORTER, "/",
			"prometheus-postgres-exporter", "postgres_exporter"),

	/** Exports metrics of Redis. */
	REDIS_EXPORTER("redis-exporter", Part.PROMETHEUS, false, Port.REDIS_EXPORTER, "/health",
			"prometheus-redis-exporter", "redis_exporter"),

	/** Shows the dashboards. */
	GRAFANA("grafana", Part.GRAFANA, true, Port.GRAFANA, "/api/health", "grafana-server", "grafana");

	private final String title;

	private final Part part;

	private final boolean required;

	private final Port port;

	private final String readinessPath;

	/** Debian's name of the program. */
	private final String program;

	/** The name that its makers give it. */
	private final String originalName;

	ObservabilityProgram(String title, Part part, boolean required, Port port, String readinessPath, String program,
			String originalName) {
		this.title = title;
		this.part = part;
		this.required = required;
		this.port = port;
		this.readinessPath = readinessPath;
		this.program = program;
		this.originalName = originalName;
	}

	static Stream<ObservabilityProgram> of(Part part) {
		return Stream.of(values()).filter((program) -> program.part == part);
	}

	static List<String> titles() {
		return Stream.of(values()).map(ObservabilityProgram::title).toList();
	}

	/** Its name in records, logs and tables. */
	String title() {
		return this.title;
	}

	Part part() {
		return this.part;
	}

	Port port() {
		return this.port;
	}

	/** Whether the part cannot do without it. */
	boolean isRequired() {
		return this.required;
	}

	/** The instance that runs, or is to be started. */
	Instance standing(PortChoice ports, RunRecords records) throws IOException {
		String url = "http://127.0.0.1:" + ports.of(this.port);
		return Plan.standing(
				new Instance(this.title, this.title, ports.of(this.port), null, url, url + this.readinessPath, null),
				records);
	}

	/**
	 * Finds the installed program. Packages name it differently.
	 * @param path the directories to search, as in {@code PATH}
	 */
	Optional<Path> find(String path) {
		return new SearchPath(path).find(this.program, this.originalName);
	}

	private Stream<String> names() {
		return Stream.of(this.program, this.originalName);
	}

	/** Whether the file has the name of one of the programs. */
	static boolean isProgram(Path file) {
		return Stream.of(values())
			.flatMap(ObservabilityProgram::names)
			.anyMatch(String.valueOf(file.getFileName())::equals);
	}

	/** What {@code up --with} accepts. */
	enum Part {

		/** Prometheus, Alertmanager and the exporters. */
		PROMETHEUS(
				"apt install prometheus prometheus-alertmanager prometheus-node-exporter"
						+ " prometheus-postgres-exporter prometheus-redis-exporter",
				"brew install prometheus alertmanager node_exporter postgres_exporter redis_exporter"),

		/** Grafana with the dashboards. */
		GRAFANA("see grafana.com/docs/grafana/latest/setup-grafana/installation", "brew install grafana");

		private final String onDebian;

		private final String onMac;

		Part(String onDebian, String onMac) {
			this.onDebian = onDebian;
			this.onMac = onMac;
		}

		/** One line that says how to install the programs. */
		String installation() {
			return "Linux: " + this.onDebian + "; macOS: " + this.onMac;
		}

		/** As it is written after {@code --with}. */
		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
