package io.microplatform.acceptance.platform;

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
 * A platform that was started by {@code ./platform up}, found by its state directory.
 * Looks at the directory anew at every call, so that it stays right when processes are
 * restarted. Thread-safe.
 */
public final class RunningPlatform {

	private static final String ADMIN = "admin";

	private final Path state;

	/**
	 * The platform with this state directory.
	 * @param state the directory
	 */
	public RunningPlatform(Path state) {
		this.state = state;
	}

	/**
	 * The platform of this checkout, or the one that {@code PLATFORM_STATE_DIR} names.
	 * @return the platform
	 */
	public static RunningPlatform ofThisCheckout() {
		String root = Objects.requireNonNullElse(System.getProperty("platform.root"), ".");
		String state = System.getProperty("PLATFORM_STATE_DIR", System.getenv("PLATFORM_STATE_DIR"));
		return new RunningPlatform((state != null) ? Path.of(state) : Path.of(root, ".platform"));
	}

	/**
	 * The processes on record.
	 * @return the records, none when nothing was started
	 */
	public List<RunRecord> processes() {
		return records("run");
	}

	/**
	 * Whether ahead-of-time caches are being made.
	 * @return whether they are
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
	 * The gateway's base URL.
	 * @return the URL, without a slash at the end
	 */
	public URI gateway() {
		return loopback(the("api-gateway").port());
	}

	/**
	 * The instances of a service that run.
	 * @param service the name of the service
	 * @return their records
	 */
	public List<RunRecord> instancesOf(String service) {
		return processes().stream()
			.filter((process) -> process.name().equals(service) && process.process().isPresent())
			.toList();
	}

	/**
	 * How an operator connects to Kafka.
	 * @return client properties, modifiable
	 */
	public Map<String, Object> kafkaProperties() {
		String jaas = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
			.formatted(ADMIN, secret("PLATFORM_KAFKA_ADMIN_PASSWORD"));
		Map<String, Object> properties = new HashMap<>();
		properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + the("kafka").port());
		properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SASL_PLAINTEXT");
		properties.put(SaslConfigs.SASL_MECHANISM, "PLAIN");
		properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas);
		return properties;
	}

	/**
	 * Connects as an operator, who may do everything.
	 * @param database the name of a service's database, as in {@code order_service}
	 * @return the connection, to be closed
	 * @throws SQLException when PostgreSQL refuses
	 */
	public Connection connect(String database) throws SQLException {
		return DriverManager.getConnection(
				String.format(Locale.ROOT, "jdbc:postgresql://127.0.0.1:%d/%s", the("postgresql").port(), database),
				ADMIN, secret("PLATFORM_DATABASE_ADMIN_PASSWORD"));
	}

	/**
	 * One of the generated secrets.
	 * @param name its name, as in {@code PLATFORM_TOKENS_SECRET}
	 * @return its value
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
	 * The process of which the platform has one only.
	 * @param name its name
	 * @return its record
	 * @throws IllegalStateException when it was not started
	 */
	public RunRecord the(String name) {
		return processes().stream()
			.filter((process) -> process.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(
					"no %s runs on %s; ./platform up starts it".formatted(name, this.state)));
	}

	/**
	 * The version of the configuration that is published.
	 * @return its name
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
	 * The files of the configuration that is published.
	 * @return their directory, in which nobody may change anything
	 */
	public Path publishedFiles() {
		return this.state.resolve("config").resolve(publishedConfiguration());
	}

	/**
	 * The version of the configuration that an instance runs with, as it says.
	 * @param instance the instance, which runs
	 * @return the version's name; empty when the instance does not answer
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
