package io.microplatform.lab.platform;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;

/**
 * A platform that belongs to this JVM. Runs beside any other platform on the machine,
 * with its own state directory and free ports. Stopped when it is closed, or when this
 * JVM dies. Not thread-safe.
 */
public final class PrivatePlatform implements TargetPlatform, AutoCloseable {

	/**
	 * The environment variable that selects the configuration to copy; by default the
	 * checkout's.
	 */
	public static final String CONFIG_REPO = "PLATFORM_CONFIG_REPO";

	/**
	 * The environment variable that is set to {@code 1} by default; with an empty value
	 * commands build.
	 */
	public static final String SKIP_BUILD = "PLATFORM_SKIP_BUILD";

	/**
	 * The environment of a platform whose JVMs compile fully, which pays off under
	 * continuous load.
	 */
	public static final Map<String, String> FULL_COMPILATION = Map.of("PLATFORM_JVM", "full");

	private static final Duration TRAINING_TIMEOUT = Duration.ofMinutes(10);

	private final Path root;

	private final String[] up;

	private final Path state;

	private final Path keptLogs;

	private final PlatformPorts ports;

	private final ConfigRepository configuration;

	private final ScriptRunner scriptRunner;

	private final ParentWatchdog watchdog;

	private final RunningPlatform running;

	private PrivatePlatform(Path root, Path directory, PlatformPorts ports, Map<String, String> overrides,
			String... options) {
		this.root = root;
		this.up = Stream.concat(Stream.of("up"), Stream.of(options)).toArray(String[]::new);
		this.state = directory.resolve("platform");
		this.keptLogs = directory.resolve("platform-logs");
		this.ports = ports;
		this.configuration = copyOfConfiguration(root, directory, overrides);
		this.scriptRunner = new ScriptRunner(root, directory.resolve("platform-output"),
				environment(this.state, ports, this.configuration, overrides));
		this.watchdog = new ParentWatchdog(this.scriptRunner);
		this.running = new RunningPlatform(this.state);
	}

	private static ConfigRepository copyOfConfiguration(Path root, Path directory, Map<String, String> overrides) {
		String original = overrides.get(CONFIG_REPO);
		return (original != null) ? ConfigRepository.copyOfFiles(Path.of(original), directory)
				: ConfigRepository.copyOf(root, directory);
	}

	private static Map<String, String> environment(Path state, PlatformPorts ports, ConfigRepository configuration,
			Map<String, String> overrides) {
		Map<String, String> environment = new HashMap<>(overrides);
		environment.put(CONFIG_REPO, configuration.directory().toString());
		environment.put("PLATFORM_STATE_DIR", state.toString());
		// The caller has built the jars, and may itself be a build.
		environment.putIfAbsent(SKIP_BUILD, "1");
		ports.ports().forEach((name, port) -> environment.put(name, Integer.toString(port)));
		return environment;
	}

	/**
	 * Starts a platform.
	 * @param root the root directory of a built checkout
	 * @param directory the directory for the state, the logs and the output of commands
	 * @return the platform, which is ready
	 * @throws PlatformFailedException if the platform does not start; the message
	 * contains the logs
	 */
	public static PrivatePlatform start(Path root, Path directory) {
		return start(root, directory, Map.of());
	}

	/**
	 * Starts a platform with additional environment variables and options.
	 * @param root the root directory of a built checkout
	 * @param directory the directory for the state, the logs and the output of commands
	 * @param overrides environment variables for {@code ./platform}
	 * @param options the options of {@code ./platform up}
	 * @return the platform, which is ready
	 * @throws PlatformFailedException if the platform does not start; the message
	 * contains the logs
	 */
	public static PrivatePlatform start(Path root, Path directory, Map<String, String> overrides, String... options) {
		PrivatePlatform platform = new PrivatePlatform(root, directory.toAbsolutePath(), PlatformPorts.free(),
				overrides, options);
		if (Files.exists(platform.state)) {
			// A run that was killed together with its watchdog leaves its state.
			platform.run("down", "--purge");
		}
		try {
			platform.up();
			return platform;
		}
		catch (PlatformFailedException ex) {
			platform.keepLogs();
			platform.run("down", "--purge");
			platform.watchdog.close();
			throw ex;
		}
	}

	/**
	 * Runs a command and waits for it to exit.
	 * @param arguments the arguments of {@code ./platform}
	 * @return the exit code and output
	 */
	public CommandOutput run(String... arguments) {
		return this.scriptRunner.run(arguments);
	}

	/**
	 * Runs lines of a shell in the root directory of the checkout, in the environment of
	 * {@code ./platform}, until a command fails.
	 * @param lines the lines
	 * @return the exit code and output
	 */
	public CommandOutput runShell(String lines) {
		return this.scriptRunner.runShell(lines);
	}

	/**
	 * Starts every process that is not running.
	 * @return the exit code and output
	 * @throws PlatformFailedException if the command fails; the message contains the logs
	 */
	public CommandOutput up() {
		return runSuccessfully(this.up);
	}

	/**
	 * Stops every process and keeps the data.
	 * @throws PlatformFailedException if the command fails; the message contains the logs
	 */
	public void down() {
		runSuccessfully("down");
	}

	/**
	 * Scales a service.
	 * @param service the name of the service
	 * @param number the number of ready instances
	 * @throws PlatformFailedException if the command fails; the message contains the logs
	 */
	public void scale(String service, int number) {
		runSuccessfully("scale", service, Integer.toString(number));
	}

	/**
	 * Restarts a service, one instance after another.
	 * @param service the name of the service
	 * @throws PlatformFailedException if the command fails; the message contains the logs
	 */
	public void restart(String service) {
		runSuccessfully("restart", service);
	}

	/**
	 * Returns the configuration that {@code refresh} applies.
	 * @return an editable copy
	 */
	public ConfigRepository configuration() {
		return this.configuration;
	}

	private CommandOutput runSuccessfully(String... arguments) {
		CommandOutput output = run(arguments);
		if (output.exitCode() != 0) {
			throw PlatformFailedException.of(String.format(Locale.ROOT, "./platform %s exited with %d:%n%s",
					String.join(" ", arguments), output.exitCode(), output.text()), new Logs(this.state));
		}
		return output;
	}

	/**
	 * Returns the processes and ports that are in use now, to check later that they are
	 * gone.
	 * @return the processes and ports
	 */
	public ProcessFootprint footprint() {
		return ProcessFootprint.of(this.running, this.state, this.ports);
	}

	public RunningPlatform processes() {
		return this.running;
	}

	/**
	 * Returns the process of a service with a single instance.
	 * @param name the name of the service
	 * @return the process
	 * @throws IllegalStateException if it is not running
	 */
	public RunningProcess process(String name) {
		return this.running.recordOf(name)
			.process()
			.orElseThrow(() -> new IllegalStateException(name + " is not running"));
	}

	/**
	 * Returns the process id of each instance.
	 * @return a modifiable map from instance names to process ids
	 */
	public Map<String, Long> pids() {
		return this.running.processes().stream().collect(Collectors.toMap(RunRecord::instance, RunRecord::pid));
	}

	/**
	 * Returns the root directory of the checkout.
	 * @return the root directory
	 */
	public Path root() {
		return this.root;
	}

	/**
	 * Waits until the ahead-of-time caches are complete.
	 * @throws PlatformFailedException if this takes more than ten minutes
	 */
	public void awaitTraining() {
		if (!Await.until(TRAINING_TIMEOUT, () -> !this.running.isTraining())) {
			throw new PlatformFailedException("ahead-of-time caches are not complete after " + TRAINING_TIMEOUT, null);
		}
	}

	/**
	 * Returns the state directory.
	 * @return the state directory
	 */
	public Path state() {
		return this.state;
	}

	@Override
	public URI gateway() {
		return this.running.gateway();
	}

	@Override
	public boolean hasStores() {
		return this.running.hasStores();
	}

	@Override
	public Map<String, Object> kafkaProperties() {
		return this.running.kafkaProperties();
	}

	@Override
	public Connection connect(String database) throws SQLException {
		return this.running.connect(database);
	}

	@Override
	public String secret(String name) {
		return this.running.secret(name);
	}

	/**
	 * Returns a pool of all gateways.
	 * @return the pool, which the caller closes
	 */
	public GatewayPool gatewayPool() {
		return new GatewayPool(this.running.instancesOf("api-gateway"));
	}

	private void keepLogs() {
		new Logs(this.state).copyTo(this.keptLogs);
	}

	/**
	 * Stops the platform and deletes its data.
	 * @throws PlatformFailedException if a process, a port or data remain
	 */
	@Override
	public void close() {
		ProcessFootprint footprint = footprint();
		keepLogs();
		runSuccessfully("down", "--purge");
		this.watchdog.close();
		List<String> remaining = footprint.remaining();
		if (!remaining.isEmpty()) {
			throw new PlatformFailedException("remaining after ./platform down --purge: " + remaining, null);
		}
		if (Files.exists(this.state.resolve("data"))) {
			throw new PlatformFailedException("./platform down --purge left data in " + this.state, null);
		}
	}

}
