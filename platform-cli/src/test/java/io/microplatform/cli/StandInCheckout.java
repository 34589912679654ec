package io.microplatform.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.file.Directories;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A checkout whose services are stand-ins and whose infrastructure is the real one, on
 * ports of its own.
 */
final class StandInCheckout implements AutoCloseable {

	static final List<String> SERVICES = List.of("discovery-server", "config-server", "api-gateway", "user-service",
			"order-service");

	private static final int SERVICE_PORTS = 16;

	private final Path root;

	private final Map<String, String> environment = new HashMap<>();

	StandInCheckout(Path root) throws IOException {
		this(root, root.resolve(".platform"));
	}

	StandInCheckout(Path root, Path state) throws IOException {
		this.root = root;
		this.environment.put("PLATFORM_STATE_DIR", state.toString());
		Path real = Path.of(Objects.requireNonNull(System.getProperty("platform.root"))).toAbsolutePath();
		Files.createDirectories(root.resolve("config-repo"));
		Files.writeString(root.resolve("config-repo/application.yml"), "a: 1\n");
		for (String module : List.of("config-files", "local-infrastructure", "platform-lab", "platform-cli")) {
			Files.createSymbolicLink(root.resolve(module), real.resolve(module));
		}
		// The script takes the directory that it lies in for the checkout.
		Files.copy(Script.ofThisCheckout(), root.resolve("platform"), StandardCopyOption.COPY_ATTRIBUTES);
		for (String service : SERVICES) {
			install(service);
		}
		install("admin-server");
		ServiceFiles.write(root);
		shareExtractedPrograms(real);
		this.environment.put("PATH", System.getenv("PATH"));
		// Stand-ins take little.
		this.environment.put("PLATFORM_MIN_MEMORY_MIB", "256");
		List<Integer> free = Ports.free(Port.values().length);
		this.environment.put("PLATFORM_SERVICES_PORT", Integer.toString(Ports.freeRow(SERVICE_PORTS, free)));
		Iterator<Integer> ports = free.iterator();
		for (Port port : Port.values()) {
			this.environment.putIfAbsent(port.variable(), Integer.toString(ports.next()));
		}
	}

	private void shareExtractedPrograms(Path real) throws IOException {
		Path programs = real.resolve("local-infrastructure/target/programs");
		Files.createDirectories(programs);
		Files.createDirectories(state());
		Files.createSymbolicLink(state().resolve("programs"), programs);
	}

	/**
	 * Puts the jar of a stand-in where the build would put the service's.
	 * @param markers change what it does, see {@link StandInService}
	 */
	void install(String service, String... markers) throws IOException {
		Path jar = this.root.resolve(service).resolve("target").resolve(service + ".jar");
		Files.createDirectories(jar.resolveSibling(""));
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
		String program = StandInService.class.getName().replace('.', '/') + ".class";
		try (OutputStream file = Files.newOutputStream(jar);
				JarOutputStream content = new JarOutputStream(file, manifest);
				InputStream source = Objects
					.requireNonNull(StandInService.class.getClassLoader().getResourceAsStream(program))) {
			content.putNextEntry(new JarEntry(program));
			source.transferTo(content);
			for (String marker : markers) {
				content.putNextEntry(new JarEntry(marker));
			}
		}
	}

	/** Adds a business service, as a new folder does. */
	void add(String service, String description) throws IOException {
		install(service);
		ServiceFiles.write(this.root, service, description);
	}

	/** Makes the service's jar another than what runs. */
	void rebuild(String service) throws IOException {
		install(service);
		Files.setLastModifiedTime(this.root.resolve(service).resolve("target").resolve(service + ".jar"),
				FileTime.from(Instant.EPOCH));
	}

	Path root() {
		return this.root;
	}

	Path state() {
		return Path.of(this.environment.getOrDefault("PLATFORM_STATE_DIR", this.root.resolve(".platform").toString()));
	}

	void set(String name, String value) {
		this.environment.put(name, value);
	}

	int port(Port port) {
		return Integer.parseInt(this.environment.getOrDefault(port.variable(), ""));
	}

	RunRecord entry(String instance) throws IOException {
		return new RunRecords(state().resolve("run")).find(instance).orElseThrow();
	}

	/** The process that trains, when it does. */
	Optional<RunningProcess> training() throws IOException {
		return new RunRecords(state().resolve(AotTraining.RECORDS)).all()
			.stream()
			.flatMap((entry) -> entry.process().stream())
			.findFirst();
	}

	List<Long> pids() throws IOException {
		return new RunRecords(state().resolve("run")).all()
			.stream()
			.flatMap((entry) -> entry.process().stream())
			.map(RunningProcess::pid)
			.toList();
	}

	Output run(String... arguments) {
		return runGiven(Instant.now(), arguments);
	}

	/** Runs a command, which must succeed without a message. */
	Output assertDone(String... arguments) {
		Output output = run(arguments);
		assertThat(output.err()).isEmpty();
		assertThat(output.code()).isZero();
		return output;
	}

	/** As when a build came first: the command was given some time ago. */
	Output runGiven(Instant given, String... arguments) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int code = new Platform(this.root, this.environment, new PrintStream(out, true, StandardCharsets.UTF_8),
				new PrintStream(err, true, StandardCharsets.UTF_8))
			.run(List.of(arguments), given);
		return new Output(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
	}

	/** The same by the shell script. */
	Output script(String line) throws IOException, InterruptedException {
		return new Script(this.root.resolve("platform"), this.environment).run(line);
	}

	/** What the service was handed, as it was written down. */
	String environmentOf(String service) throws IOException {
		return Files.readString(state().resolve("env/" + service + ".env"));
	}

	/** Executes SQL as user-service does. */
	void execute(String statement) throws IOException, SQLException {
		List<String> lines = Files.readAllLines(state().resolve("env/user-service.env"));
		try (Connection connection = DriverManager.getConnection(value(lines, "PLATFORM_DATABASE_URL"),
				value(lines, "PLATFORM_DATABASE_USERNAME"), value(lines, "PLATFORM_DATABASE_PASSWORD"));
				var prepared = connection.createStatement()) {
			prepared.execute(statement);
		}
	}

	private static String value(List<String> lines, String name) {
		return lines.stream()
			.filter((line) -> line.startsWith(name + "="))
			.map((line) -> line.substring(name.length() + 2, line.length() - 1))
			.findFirst()
			.orElseThrow();
	}

	@Override
	public void close() throws IOException {
		run("down");
		Path programs = state().resolve("programs");
		if (Files.isSymbolicLink(programs)) { // to those that all checkouts share
			Files.delete(programs);
		}
		Directories.delete(this.root);
	}

	record Output(int code, String out, String err) {

	}

}
