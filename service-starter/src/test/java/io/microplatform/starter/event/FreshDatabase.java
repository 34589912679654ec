package io.microplatform.starter.event;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.Command;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Shutdown;

/**
 * A database with an outbox of its own: no relay but those of the test looks into it.
 *
 * @param url where it is
 */
record FreshDatabase(String url) {

	private static final String SERVICE = "order-service";

	private static final LeashedLauncher LAUNCHER = new LeashedLauncher(Path.of("target", "relays"));

	static FreshDatabase create() {
		Postgres postgres = LocalInfrastructure.shared().postgres();
		String name = "outbox_" + UUID.randomUUID().toString().replace("-", "");
		try (Connection connection = postgres.connect("postgres"); Statement statement = connection.createStatement()) {
			statement.execute("create database %s owner %s".formatted(name, Postgres.databaseOf(SERVICE)));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return new FreshDatabase(postgres.jdbcUrl(name));
	}

	/** Its name. */
	String name() {
		return this.url.substring(this.url.lastIndexOf('/') + 1);
	}

	/**
	 * Starts an instance of the service in this JVM.
	 * @param properties what differs from the configuration of {@code config-repo/}
	 * @param additions what it has besides outbox and inbox
	 */
	RunningService service(Map<String, String> properties, Class<?>... additions) {
		return RunningService.start(configuration(properties), additions);
	}

	/** Starts an instance as a process, which ends with this JVM at the latest. */
	RunningProcess process(Map<String, String> properties) throws IOException {
		List<String> line = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
						"-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dplatform.root=" + System.getProperty("platform.root"),
						"-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
						EventService.class.getName()));
		line.addAll(List.of(EventService.arguments(configuration(properties))));
		String name = "relay-" + UUID.randomUUID();
		return LAUNCHER.launch(Instance.of(name, 0, name), new Command(line, Map.of(), Path.of("").toAbsolutePath()),
				Shutdown.USUAL);
	}

	private Map<String, String> configuration(Map<String, String> properties) {
		Map<String, String> all = new HashMap<>(LocalInfrastructure.shared().propertiesFor(SERVICE));
		all.put("platform.database.url", this.url);
		all.putAll(properties);
		return all;
	}

}
