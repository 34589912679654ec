package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.StateDirectory;

/**
 * The configuration of the observability programs: a copy of {@code observability/} in
 * the state directory, in which the default ports are replaced by those of this platform,
 * and the passwords that Prometheus reads. The originals are valid for the default ports.
 */
final class ObservabilityFiles {

	static final String DIRECTORY = "observability";

	/** A block that only a platform with two of each server has, up to its end. */
	private static final Pattern PAIRS_ONLY = Pattern.compile("(?ms)^ *# begin --ha\n(.*?)^ *# end --ha\n");

	private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d{4,5})");

	private static final String NO_RECEIVER = "  - name: operators\n";

	private static final List<String> FOLDERS = List.of("prometheus", "alertmanager", "grafana/provisioning",
			"grafana/dashboards");

	/** The configuration of the log shipper. */
	static final String SHIPPER = "elk/rsyslog.conf";

	private static final List<String> EXTENSIONS = List.of(".yml", ".yaml");

	private final Context context;

	private final PortChoice ports;

	private final Plan plan;

	private final Optional<Integer> kafkaExporterPort;

	/**
	 * Creates an instance.
	 * @param kafkaExporterPort the port of Kafka's exporter if it runs
	 */
	ObservabilityFiles(Context context, PortChoice ports, Plan plan, Optional<Integer> kafkaExporterPort) {
		this.context = context;
		this.ports = ports;
		this.plan = plan;
		this.kafkaExporterPort = kafkaExporterPort;
	}

	static Path directory(StateDirectory state) {
		return state.root().resolve(DIRECTORY).toAbsolutePath();
	}

	private Path directory() {
		return directory(this.context.state());
	}

	/** The directory from which the node exporter reads the result of an audit. */
	static Path textfiles(StateDirectory state) {
		return directory(state).resolve("textfile");
	}

	/**
	 * Writes all files. Programs that run read some of them at any time, so each file is
	 * replaced as a whole, and only what is no longer in the checkout is deleted.
	 */
	void write(Secrets secrets, AlertReceivers receivers) throws IOException {
		String receiversYaml = remembered(receivers);
		Map<String, String> files = new TreeMap<>();
		Map<Integer, Integer> ports = actualPorts();
		Path source = this.context.root().resolve(DIRECTORY);
		List<String> folders = FOLDERS.stream().filter((folder) -> Files.isDirectory(source.resolve(folder))).toList();
		for (String folder : folders) {
			collect(source, folder, ports, files);
		}
		if (Files.exists(source.resolve(SHIPPER))) {
			files.put(SHIPPER, shipper(render(Files.readString(source.resolve(SHIPPER)), ports)));
		}
		files.computeIfPresent("alertmanager/alertmanager.yml",
				(name, content) -> content.replace(NO_RECEIVER, NO_RECEIVER + receiversYaml));
		files.put("prometheus/secrets/discovery-password", secrets.get("PLATFORM_DISCOVERY_PASSWORD"));
		files.put("prometheus/secrets/config-password", secrets.get("PLATFORM_CONFIG_PASSWORD"));
		for (Map.Entry<String, String> file : files.entrySet()) {
			StateDirectory.writeSecret(directory().resolve(file.getKey()), file.getValue());
		}
		for (String folder : folders) {
			deleteAllBut(files.keySet(), folder);
		}
		Files.createDirectories(textfiles(this.context.state()));
	}

	private String shipper(String configuration) {
		StateDirectory state = this.context.state();
		return configuration.replace("@LOGS@", state.logs().toAbsolutePath().toString())
			.replace("@WORK@", state.data(ObservabilityProgram.LOG_SHIPPER.title()).toAbsolutePath().toString());
	}

	/**
	 * A later {@code up}, which repairs the platform, need not name the receivers again.
	 */
	private String remembered(AlertReceivers receivers) throws IOException {
		AtomicFile file = receivers(this.context.state());
		if (!receivers.toYaml().isEmpty()) {
			StateDirectory.writeSecret(file.path(), receivers.toYaml());
		}
		return file.read().orElse("");
	}

	/** The receivers that were given last, until {@code down}. */
	static AtomicFile receivers(StateDirectory state) {
		return new AtomicFile(directory(state).resolve("receivers.yml"));
	}

	private void collect(Path source, String folder, Map<Integer, Integer> ports, Map<String, String> collected)
			throws IOException {
		try (Stream<Path> files = Files.walk(source.resolve(folder))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String content = Files.readString(file);
				collected.put(source.relativize(file).toString(),
						isConfiguration(file) ? render(content, ports) : content);
			}
		}
	}

	private void deleteAllBut(Set<String> written, String folder) throws IOException {
		try (Stream<Path> files = Files.walk(directory().resolve(folder))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				if (!written.contains(directory().relativize(file).toString())) {
					Files.delete(file);
				}
			}
		}
	}

	private static boolean isConfiguration(Path file) {
		return EXTENSIONS.stream().anyMatch(file.toString()::endsWith);
	}

	private String render(String configuration, Map<Integer, Integer> actual) {
		boolean pairs = this.plan.discovery().size() > 1;
		String relevant = PAIRS_ONLY.matcher(configuration)
			.replaceAll((block) -> Matcher.quoteReplacement(pairs ? block.group(1) : ""));
		return ADDRESS.matcher(relevant).replaceAll((address) -> {
			int usual = Integer.parseInt(address.group(1));
			return String.format(Locale.ROOT, "127.0.0.1:%d", actual.getOrDefault(usual, usual));
		});
	}

	/** A running instance keeps its port, even if the environment now chooses another. */
	private Map<Integer, Integer> actualPorts() throws IOException {
		Map<Integer, Integer> actual = new HashMap<>();
		actual.put(Port.DISCOVERY.usual(), this.plan.discovery().getFirst().port());
		actual.put(Port.DISCOVERY_2.usual(), this.plan.discovery().getLast().port());
		for (ObservabilityProgram program : ObservabilityProgram.values()) {
			if (program.port().isPresent()) {
				actual.put(program.port().get().usual(), program.standing(this.ports, this.context.records()).port());
			}
		}
		actual.put(Port.KAFKA_EXPORTER.usual(),
				this.kafkaExporterPort.orElseGet(() -> this.ports.of(Port.KAFKA_EXPORTER)));
		return actual;
	}

}
