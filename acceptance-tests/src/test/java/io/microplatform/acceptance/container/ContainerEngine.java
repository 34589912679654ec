package io.microplatform.acceptance.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.Installed;
import io.microplatform.local.process.Await;

/**
 * Podman with its API for docker-compose, as root and without systemd. Nothing of it
 * remains after it is closed but images.
 */
final class ContainerEngine implements AutoCloseable {

	/** Without systemd, and with limits that any machine allows. */
	private static final String CONFIGURATION = """
			[containers]
			default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
			log_driver = "k8s-file"
			[engine]
			runtime = "runc"
			cgroup_manager = "cgroupfs"
			events_logger = "file"
			""";

	private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

	/** The {@code start_interval} of {@code compose.yaml}. */
	private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);

	/** The {@code interval} of {@code compose.yaml}: probes take CPU time. */
	private static final Duration HEALTHY_INTERVAL = Duration.ofSeconds(10);

	private final Path directory;

	private final Map<String, String> environment;

	private final AtomicInteger calls = new AtomicInteger();

	private final Process service;

	private final Thread probes;

	private volatile boolean closed;

	/**
	 * Starts the API.
	 * @param directory a directory for its files, with a short path: the name of a socket
	 * has at most 107 bytes
	 */
	ContainerEngine(Path directory) throws IOException {
		this.directory = Files.createDirectories(directory);
		Path configuration = Files.writeString(directory.resolve("containers.conf"), CONFIGURATION);
		String socket = "unix://" + directory.resolve("podman.sock");
		this.environment = Map.of("CONTAINERS_CONF", configuration.toString(), "DOCKER_HOST", socket,
				"COMPOSE_HTTP_TIMEOUT", "600");
		this.service = process(List.of("podman", "system", "service", "--time=0", socket))
			.redirectOutput(Redirect.to(directory.resolve("service.txt").toFile()))
			.start();
		if (!Await.until(STARTS_WITHIN, () -> Files.exists(directory.resolve("podman.sock")))) {
			this.service.destroyForcibly();
			throw new IllegalStateException("podman did not open " + socket);
		}
		this.probes = Thread.ofPlatform().daemon().name("health-checks").start(this::probe);
	}

	/**
	 * Whether containers can be run.
	 * @return whether this is root, and podman, runc and docker-compose are installed
	 */
	static boolean isInstalled() {
		return "root".equals(System.getProperty("user.name")) && Stream.of("podman", "runc", "docker-compose")
			.allMatch((name) -> Installed.program(name).isPresent());
	}

	/** Podman leaves health checks to timers of systemd. */
	private void probe() {
		Map<String, Instant> probed = new HashMap<>();
		while (!this.closed) {
			try {
				for (String container : run(Duration.ofMinutes(1), "podman", "ps", "--format", "{{.ID}} {{.Status}}")
					.lines()
					.toList()) {
					String id = container.substring(0, container.indexOf(' '));
					Instant rested = probed.getOrDefault(id, Instant.MIN).plus(HEALTHY_INTERVAL);
					if (!container.contains("(healthy)") || Instant.now().isAfter(rested)) {
						probe(id);
						probed.put(id, Instant.now());
					}
				}
				Thread.sleep(PROBE_INTERVAL);
			}
			catch (InterruptedException | IllegalStateException ex) {
				return;
			}
			catch (IOException | CommandFailedException ex) {
				// A container has stopped meanwhile.
			}
		}
	}

	private void probe(String container) throws IOException, InterruptedException {
		Process check = process(List.of("podman", "healthcheck", "run", container)).redirectOutput(Redirect.DISCARD)
			.start();
		if (!check.waitFor(10, TimeUnit.SECONDS)) {
			check.destroyForcibly();
		}
	}

	String podman(String... arguments) {
		return run(Duration.ofMinutes(5),
				Stream.concat(Stream.of("podman"), Stream.of(arguments)).toArray(String[]::new));
	}

	/**
	 * Runs a command with the environment of this engine.
	 * @param timeout the time after which it is killed
	 * @param command the command
	 * @return its output
	 * @throws CommandFailedException if its exit code is not 0; the message contains the
	 * output
	 */
	String run(Duration timeout, String... command) {
		Path output = this.directory.resolve(String.format(Locale.ROOT, "%05d.txt", this.calls.incrementAndGet()));
		try {
			Process process = process(List.of(command)).redirectOutput(output.toFile()).start();
			boolean exited = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
			if (!exited) {
				process.destroyForcibly().waitFor();
			}
			String text = Files.readString(output);
			if (!exited || process.exitValue() != 0) {
				throw new CommandFailedException(String.format(Locale.ROOT, "%s exited with %s:%n%s",
						String.join(" ", command), exited ? process.exitValue() : "a timeout", text));
			}
			Files.delete(output);
			return text;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted during " + List.of(command), ex);
		}
	}

	private ProcessBuilder process(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true)
			.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
		builder.environment().keySet().removeIf((name) -> name.startsWith("PLATFORM_"));
		builder.environment().putAll(this.environment);
		return builder;
	}

	@Override
	public void close() {
		this.closed = true;
		this.probes.interrupt();
		this.service.destroy();
	}

	/**
	 * Thrown when a command fails.
	 */
	static final class CommandFailedException extends RuntimeException {

		private CommandFailedException(String message) {
			super(message);
		}

	}

}
