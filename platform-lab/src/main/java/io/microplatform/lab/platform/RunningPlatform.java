package io.microplatform.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.microplatform.local.process.Http;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import tools.jackson.databind.json.JsonMapper;

/**
 * A platform started by {@code ./platform up}, located by its state directory. Reads the
 * records at each call, and thus follows restarts. Thread-safe.
 */
public final class RunningPlatform implements TargetPlatform {

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

	@Override
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

	@Override
	public boolean hasStores() {
		return true;
	}

	@Override
	public Map<String, Object> kafkaProperties() {
		return administratorOfStores().kafkaProperties(address("kafka"));
	}

	@Override
	public Connection connect(String database) throws SQLException {
		return administratorOfStores().connect(address("postgresql"), database);
	}

	private StoreAdministrator administratorOfStores() {
		return new StoreAdministrator(secrets());
	}

	private String address(String store) {
		return loopback(recordOf(store).port()).getAuthority();
	}

	@Override
	public String secret(String name) {
		return secrets().get(name);
	}

	private SecretFiles secrets() {
		return new SecretFiles(this.state.resolve("secrets.env"));
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
