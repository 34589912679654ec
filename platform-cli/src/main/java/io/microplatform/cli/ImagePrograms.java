package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.microplatform.image.ImageProgram;
import io.microplatform.local.file.Directories;
import io.microplatform.local.service.BusinessService;

/**
 * The programs of which {@code images} makes images: the servers, the business services,
 * the admin server, and the program that prepares the stores.
 *
 * @param context the environment of the command
 * @param directory the directory for extracted jars
 */
record ImagePrograms(Context context, Path directory) {

	/** The program that creates accounts, topics and rights on the stores, and ends. */
	static final String STORE_SETUP = "store-setup";

	private static final String STORE_SETUP_MODULE = "local-infrastructure";

	private static final ImageProgram.Main STORE_SETUP_MAIN = new ImageProgram.Main(
			"io.microplatform.local.setup.StoreSetup", List.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
			List.of("provide"));

	/** Volumes for the files that the stores read. */
	private static final Set<String> STORE_CONFIGURATIONS = Set.of("/config/postgresql", "/config/redis",
			"/config/kafka");

	/** A volume for log files, if there are any. */
	private static final String LOGS = "/logs";

	/** A volume for the published versions of the configuration. */
	private static final String SNAPSHOTS = "/snapshots";

	/**
	 * The libraries of the clients of the stores. The module also has those of the
	 * servers, which are more than ten times as large.
	 */
	private static final List<String> STORE_CLIENTS = List.of("jackson-annotations-", "jackson-core-3",
			"jackson-databind-3", "jspecify-", "kafka-clients-", "lz4-java-", "postgresql-", "slf4j-api-",
			"slf4j-simple-", "snappy-java-", "zstd-jni-");

	/** As the configuration files in the services' jars say. */
	private static final Set<Integer> SERVICE_PORTS = Set.of(8200, 8201);

	private static final Map<String, Set<Integer>> SERVER_PORTS = Map.of(Plan.DISCOVERY, Set.of(8761), Plan.CONFIG,
			Set.of(8888), Plan.GATEWAY, Set.of(8080, 8081), ObservabilityProgram.ADMIN_SERVER.title(), Set.of(8090));

	/** Secrets are files, each named as its property. */
	private static final Map<String, String> ENVIRONMENT = Map.of(ServiceEnvironment.PROFILES, "container",
			"SPRING_CONFIG_IMPORT", "optional:configtree:/run/secrets/");

	/** The names of all programs. */
	List<String> names() throws IOException {
		return Stream
			.concat(this.context.services().stream(), Stream.of(ObservabilityProgram.ADMIN_SERVER.title(), STORE_SETUP))
			.toList();
	}

	/** The name of the module of a program. */
	static String module(String name) {
		return name.equals(STORE_SETUP) ? STORE_SETUP_MODULE : name;
	}

	/**
	 * Returns a program. The jar of a Boot application is extracted.
	 * @throws IOException if the program has not been built
	 */
	ImageProgram program(String name) throws IOException {
		if (name.equals(STORE_SETUP)) {
			return storeSetup();
		}
		Path jar = new ServiceJar(jar(name), this.directory.resolve(name).toAbsolutePath()).extracted((_) -> false);
		Set<Integer> ports = SERVER_PORTS.getOrDefault(name, SERVICE_PORTS);
		// The admin server is not a part of the platform beside which programs are
		// trained.
		boolean isTrained = !name.equals(ObservabilityProgram.ADMIN_SERVER.title());
		return new ImageProgram(name, jar, Directories.list(jar.resolveSibling("lib")), null, Map.of(),
				name.equals(Plan.CONFIG) ? Set.of(LOGS, SNAPSHOTS) : Set.of(LOGS), ENVIRONMENT, ports, isTrained);
	}

	private ImageProgram storeSetup() throws IOException {
		Path jar = jar(STORE_SETUP_MODULE);
		if (!Files.exists(jar)) {
			throw new IOException("%s is not there: build it with `mvn package -DskipTests`".formatted(jar));
		}
		List<Path> libraries = Directories.list(jar.resolveSibling("lib"))
			.stream()
			.filter((library) -> STORE_CLIENTS.stream()
				.anyMatch((client) -> String.valueOf(library.getFileName()).startsWith(client)))
			.toList();
		Map<String, Path> files = new HashMap<>();
		for (String service : this.context.business().names()) {
			files.put("services/" + service + "/" + BusinessService.FILE,
					this.context.root().resolve(service).resolve(BusinessService.FILE));
		}
		return new ImageProgram(STORE_SETUP, jar, libraries, STORE_SETUP_MAIN, files, STORE_CONFIGURATIONS, Map.of(),
				Set.of(), false);
	}

	private Path jar(String module) {
		return this.context.root().resolve(module).resolve("target").resolve(module + ".jar");
	}

}
