package io.microplatform.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.microplatform.local.process.Http;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import tools.jackson.databind.json.JsonMapper;

/**
 * A platform started by {@code ./platform up}, located by its state directory. Reads the
 * records at each call, and thus follows restarts. Thread-safe.
 */
public final class RunningPlatform {

	private static final String ADMIN = "admin";

	private final Path state;

	/**
	 * Creates a view of the platform with a state directory.
	 * @param state the state directory
	 */
	public RunningPlatform(Path state) {
		this.state = state;
	}

	/**
	 * Returns the platform of this checkout, or the one whose state directory is set as
	 * {@code PLATFORM_STATE_DIR}.
	 * @return the platform
	 */
	public static RunningPlatform ofThisCheckout() {
		String root = Objects.requireNonNullElse(System.getProperty("platform.root"), ".");
		String state = System.getProperty("PLATFORM_STATE_DIR", System.getenv("PLATFORM_STATE_DIR"));
		return new RunningPlatform((state != null) ? Path.of(state) : Path.of(root, ".platform"));
	}

	/**
	 * Returns the recorded processes.
	 * @return the records; empty if the platform was not started
	 */
	public List<RunRecord> processes() {
		return records("run");
	}

	/**
	 * Whether ahead-of-time caches are being created.
	 * @return whether a training run is in progress
	 */
	public boolean isTraining() {
		return records("training").stream().anyMatch((entry) -> entry.process().isPresent());
	}

	private List<RunRecord> records(String directory) {
		try {
			return new RunRecords(this.state.resolve(directory)).all();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read the records in " + this.state, ex);
		}
	}

	/**
	 * Returns the gateway's base URL.
	 * @return the base URL, without a trailing slash
	 */
	public URI gateway() {
		return loopback(recordOf("api-gateway").port());
	}

	/**
	 * Returns the running instances of a service.
	 * @param service the name of the service
	 * @return their records
	 */
	public List<RunRecord> instancesOf(String service) {
		return processes().stream()
			.filter((process) -> process.name().equals(service) && process.process().isPresent())
			.toList();
	}

	/**
	 * Returns the properties of a Kafka client with an administrator's rights.
	 * @return a modifiable map of client properties
	 */
	public Map<String, Object> kafkaProperties() {
		String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
			.formatted(ADMIN, secret("PLATFORM_KAFKA_ADMIN_PASSWORD"));
		Map<String, Object> properties = new HashMap<>();
		properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + recordOf("kafka").port());
		properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_PLAINTEXT");
		properties.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
		properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas);
		return properties;
	}

	/**
	 * Connects to a database with an administrator's rights.
	 * @param database the name of a service's database, such as {@code order_service}
	 * @return the connection, which the caller closes
	 * @throws SQLException if the connection fails
	 */
	public Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(String.format(Locale.ROOT, "jdbc:postgresql://127.0.0.1:%d/%s",
				recordOf("postgresql").port(), database), ADMIN, secret("PLATFORM_DATABASE_ADMIN_PASSWORD"));
	}

	/**
	 * Returns one of the generated secrets.
	 * @param name the name, such as {@code PLATFORM_TOKENS_SECRET}
	 * @return the value
	 */
	public String secret(String name) {
		Path file = this.state.resolve("secrets.env");
		try {
			Map<String, String> secrets = Files.readAllLines(file)
				.stream()
				.filter((line) -> line.contains("="))
				.map((line) -> line.split("=", 2))
				.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1]));
			return Objects.requireNonNull(secrets.get(name), () -> name + " is not in " + file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + file, ex);
		}
	}

	/**
	 * Returns the record of a service with a single instance.
	 * @param name the name of the service
	 * @return the record
	 * @throws IllegalStateException if it was not started
	 */
	public RunRecord recordOf(String name) {
		return processes().stream()
			.filter((process) -> process.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"%s is not running in %s: start it with `./platform up`".formatted(name, this.state)));
	}

	/**
	 * Returns the published version of the configuration.
	 * @return the name of the version
	 */
	public String publishedConfiguration() {
		Path current = this.state.resolve("config").resolve("current");
		try {
			return Files.readString(current).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + current, ex);
		}
	}

	/**
	 * Returns the files of the published configuration.
	 * @return the directory, which must not be changed
	 */
	public Path publishedFiles() {
		return this.state.resolve("config").resolve(publishedConfiguration());
	}

	/**
	 * Returns the version of the configuration that an instance reports.
	 * @param instance a running instance
	 * @return the name of the version; empty if the instance does not respond
	 */
	public static String configurationOf(RunRecord instance) {
		int port = Objects.requireNonNullElse(instance.managementPort(), instance.port());
		return Http.body(loopback(port) + "/actuator/info")
			.map((info) -> JsonMapper.shared().readTree(info).path("config").path("version").stringValue(""))
			.orElse("");
	}

	static URI loopback(int port) {
		return URI.create("http://127.0.0.1:" + port);
	}

}
