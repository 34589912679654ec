package io.microplatform.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.process.Ports;
import io.microplatform.local.redis.Redis;
import io.microplatform.local.file.Directories;
import io.microplatform.local.server.Programs;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StartFailedException;
import io.microplatform.local.server.StateDirectory;
import io.microplatform.local.service.BusinessServices;

/**
 * PostgreSQL, Redis and Kafka for the tests of this JVM: real servers, empty at first, on
 * free ports, which end when the JVM ends in any way. Tests can stop, kill, pause and
 * start each of them.
 */
public final class LocalInfrastructure {

	private static final Duration START_TAKES_AT_MOST = Duration.ofSeconds(60);

	private final Postgres postgres;

	private final Redis redis;

	private final Kafka kafka;

	private LocalInfrastructure(StateDirectory state, Programs programs, BusinessServices services) throws IOException {
		Secrets secrets = Secrets.in(state.create(), services);
		LeashedLauncher launcher = new LeashedLauncher(state.logs());
		List<Integer> ports = Ports.free(4);
		this.postgres = new Postgres(ports.get(0), state, programs, secrets, launcher);
		this.redis = new Redis(ports.get(1), state, programs, secrets, launcher);
		this.kafka = new Kafka(ports.get(2), ports.get(3), Jvm.QUICK, state, programs, secrets, launcher);
	}

	/**
	 * The one of this JVM, started at the first call; later calls return the same.
	 * Thread-safe.
	 * @throws IllegalStateException when one of the three does not start, with the end of
	 * its log
	 */
	public static LocalInfrastructure shared() {
		return Shared.INSTANCE;
	}

	public Postgres postgres() {
		return this.postgres;
	}

	public Redis redis() {
		return this.redis;
	}

	public Kafka kafka() {
		return this.kafka;
	}

	/**
	 * Everything that a service has to know to reach the three, as properties
	 * {@code platform.database.*}, {@code platform.redis.*} and {@code platform.kafka.*}.
	 * @param service one of the business services of the checkout
	 */
	public Map<String, String> propertiesFor(String service) {
		Map<String, String> properties = new HashMap<>(this.postgres.propertiesFor(service));
		properties.putAll(this.redis.propertiesFor(service));
		properties.putAll(this.kafka.propertiesFor(service));
		return Map.copyOf(properties);
	}

	private void start() {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture
				.allOf(servers().map((server) -> CompletableFuture.runAsync(() -> start(server), executor))
					.toArray(CompletableFuture[]::new))
				.join();
		}
		catch (CompletionException ex) {
			throw new IllegalStateException(ex.getCause());
		}
	}

	/**
	 * Starts one of the three again after an outage; returns when it is ready.
	 * @throws IllegalStateException when it does not start, with the end of its log
	 */
	public static void start(Server server) {
		try {
			server.start(START_TAKES_AT_MOST);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (StartFailedException ex) {
			throw new IllegalStateException(ex.getMessage() + "\n" + String.join("\n", ex.log()), ex);
		}
	}

	private Stream<Server> servers() {
		return Stream.of(this.postgres, this.redis, this.kafka);
	}

	/** The logs are kept until the next JVM cleans up. */
	private void end(StateDirectory state) {
		try {
			for (Server server : servers().toList()) {
				server.kill();
				Directories.delete(state.data(server.instance().name()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Initialized by the JVM, once, when first asked for. */
	private static final class Shared {

		private static final LocalInfrastructure INSTANCE = create();

		private static LocalInfrastructure create() {
			try {
				Path all = Path.of(System.getProperty("platform.infrastructure", "target/infrastructure"))
					.toAbsolutePath();
				deleteThoseOfDeadJvms(all);
				Path mine = all.resolve(Long.toString(ProcessHandle.current().pid()));
				Path root = root();
				Programs programs = Programs.below(root);
				StateDirectory state = new StateDirectory(mine, programs.directory().resolveSibling("programs"));
				BusinessServices services = BusinessServices.in(root);
				LocalInfrastructure infrastructure = new LocalInfrastructure(state, programs, services);
				Runtime.getRuntime().addShutdownHook(new Thread(() -> infrastructure.end(state)));
				infrastructure.start();
				return infrastructure;
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/**
		 * As the build says, or, in an IDE, the checkout around the working directory.
		 */
		private static Path root() {
			String given = System.getProperty("platform.root");
			if (given != null) {
				return Path.of(given);
			}
			for (Path path = Path.of("").toAbsolutePath(); path != null; path = path.getParent()) {
				if (Files.exists(path.resolve("local-infrastructure/pom.xml"))) {
					return path;
				}
			}
			throw new IllegalStateException("the system property platform.root does not name the platform's root");
		}

		private static void deleteThoseOfDeadJvms(Path all) throws IOException {
			Files.createDirectories(all);
			List<Path> directories;
			try (Stream<Path> entries = Files.list(all)) {
				directories = entries.toList();
			}
			for (Path directory : directories) {
				long pid = Long.parseLong(directory.getFileName().toString());
				if (pid == ProcessHandle.current().pid() || ProcessHandle.of(pid).isEmpty()) {
					Directories.delete(directory);
				}
			}
		}

	}

}
