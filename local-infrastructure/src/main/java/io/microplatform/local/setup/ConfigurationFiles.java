package io.microplatform.local.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.kafka.KafkaConfiguration;
import io.microplatform.local.postgres.PostgresConfiguration;
import io.microplatform.local.redis.RedisAccounts;
import io.microplatform.local.redis.RedisConfiguration;
import io.microplatform.local.server.Secrets;

/**
 * The configuration files of PostgreSQL, Redis and Kafka in containers. Each is in a
 * directory of its own, which only the container of its server mounts: the files of Redis
 * and Kafka hold passwords, or hashes of them, and the servers run as other users.
 */
final class ConfigurationFiles {

	/** The name of the container, which the broker tells its clients. */
	private static final String KAFKA_HOST = "kafka";

	/** As in local mode, so that the same address reaches either. */
	private static final int KAFKA_HOST_PORT = 19092;

	private static final String KAFKA_DATA = "/var/lib/kafka/data";

	private final Secrets secrets;

	private final PrintStream out;

	ConfigurationFiles(Secrets secrets, PrintStream out) {
		this.secrets = secrets;
		this.out = out;
	}

	void write(Path directory) throws IOException {
		Map<String, String> files = Map.of("postgresql/postgresql.conf", PostgresConfiguration.container(),
				"redis/redis.conf", RedisConfiguration.container(new RedisAccounts(this.secrets)),
				"kafka/server.properties",
				KafkaConfiguration.container(KAFKA_HOST, KAFKA_HOST_PORT, KAFKA_DATA, this.secrets));
		for (String name : files.keySet().stream().sorted().toList()) {
			Path file = directory.resolve(name);
			if (!Files.isDirectory(file.resolveSibling(""))) {
				throw new IOException(file.resolveSibling("") + " is not a directory: mount a volume there");
			}
			try {
				new AtomicFile(file).write(files.getOrDefault(name, ""));
			}
			catch (IOException ex) {
				throw new IOException("%s cannot be written: %s".formatted(file, ex), ex);
			}
			this.out.println("wrote " + file);
		}
	}

}
