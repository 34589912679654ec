package io.microplatform.local.service;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.microplatform.local.file.AtomicFile;

/**
 * A business service as its {@value #FILE} describes it. Everything else about it follows
 * from its name.
 *
 * @param name the name of its directory, its jar and its instances
 * @param consumes the Kafka topics that it reads
 * @param produces the Kafka topics that it writes
 */
public record BusinessService(String name, List<String> consumes, List<String> produces) {

	/** The file in the directory of a service. */
	public static final String FILE = "service.properties";

	private static final String CONSUMES = "kafka.consumes";

	private static final String PRODUCES = "kafka.produces";

	/** Every word begins with a letter: order-service-2 is an instance. */
	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*");

	/** Far below the 63 bytes after which PostgreSQL truncates a name. */
	private static final int LONGEST_NAME = 40;

	private static final Pattern TOPIC = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

	/** Kafka allows 249 characters, and the topic of dead letters has a longer name. */
	private static final int LONGEST_TOPIC = 200;

	/**
	 * The names of other parts of the platform and of its directories, and names that
	 * have a meaning for PostgreSQL, Redis or the config server.
	 */
	private static final Set<String> RESERVED = Set.of("acceptance-tests", "admin", "admin-server", "alertmanager",
			"aot-training", "api-gateway", "application", "config-files", "config-repo", "config-server", "default",
			"deploy", "discovery-server", "docs", "elasticsearch", "elk", "exporter", "grafana", "instance-starter",
			"kafka", "kafka-exporter", "local-infrastructure", "log-shipper", "node-exporter", "none", "observability",
			"platform-cli", "platform-lab", "postgres", "postgres-exporter", "postgresql", "prometheus", "public",
			"redis", "redis-exporter", "service-starter", "store-config", "store-setup", "target", "template0",
			"template1", "training", "zipkin");

	/** PostgreSQL keeps the names of roles that begin like this to itself. */
	private static final String RESERVED_BY_POSTGRESQL = "pg-";

	public BusinessService {
		consumes = List.copyOf(consumes);
		produces = List.copyOf(produces);
	}

	/**
	 * Reads the file of a service.
	 * @throws IOException when it cannot be read, or the name of its directory, a key or
	 * a topic is invalid
	 */
	static BusinessService read(Path file) throws IOException {
		String name = String.valueOf(file.toAbsolutePath().resolveSibling("").getFileName());
		requireName(name, file);
		Properties properties = new Properties();
		try {
			properties.load(new StringReader(new AtomicFile(file).read().orElse("")));
		}
		catch (IllegalArgumentException ex) {
			throw new IOException(file + " has an invalid escape sequence: " + ex.getMessage(), ex);
		}
		for (String key : new TreeSet<>(properties.stringPropertyNames())) {
			if (!key.equals(CONSUMES) && !key.equals(PRODUCES)) {
				throw new IOException(
						"%s: unknown key '%s': the keys are %s and %s".formatted(file, key, CONSUMES, PRODUCES));
			}
		}
		return new BusinessService(name, topics(properties, CONSUMES, file), topics(properties, PRODUCES, file));
	}

	private static void requireName(String name, Path file) throws IOException {
		if (!NAME.matcher(name).matches() || name.length() > LONGEST_NAME) {
			throw new IOException(("%s: invalid service name '%s': must be words of lower-case letters and digits,"
					+ " each beginning with a letter, with hyphens between them, at most %s characters")
				.formatted(file, name, LONGEST_NAME));
		}
		if (RESERVED.contains(name) || name.startsWith(RESERVED_BY_POSTGRESQL)) {
			throw new IOException(
					"%s: invalid service name '%s': it is reserved, choose another".formatted(file, name));
		}
	}

	private static List<String> topics(Properties properties, String key, Path file) throws IOException {
		String value = properties.getProperty(key, "");
		if (value.isBlank()) {
			return List.of();
		}
		List<String> topics = Stream.of(value.split(",", -1)).map(String::strip).distinct().toList();
		for (String topic : topics) {
			if (!isTopic(topic)) {
				throw new IOException(
						("%s: invalid topic '%s' in %s: must begin with a lower-case letter, consist of lower-case letters and"
								+ " digits with single dots or hyphens between them, have at most 200 characters, and neither begin"
								+ " with dlq. nor end with .dlq")
							.formatted(file, topic, key));
			}
		}
		return topics;
	}

	/** Those of dead letters, and of actions on them, belong to the platform. */
	private static boolean isTopic(String topic) {
		return TOPIC.matcher(topic).matches() && topic.length() <= LONGEST_TOPIC && !topic.startsWith("dlq.")
				&& !topic.endsWith(".dlq");
	}

}
