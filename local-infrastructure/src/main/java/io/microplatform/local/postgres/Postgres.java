package io.microplatform.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import io.microplatform.local.process.Command;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.Launcher;
import io.microplatform.local.process.Shutdown;
import io.microplatform.local.process.Signal;
import io.microplatform.local.server.Programs;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StateDirectory;

/**
 * A PostgreSQL server that keeps what it acknowledged through any crash. Every client
 * authenticates; each service has a database that only its own role can access.
 */
public final class Postgres extends Server {

	public static final String NAME = "postgresql";

	/** Reads statistics, for metrics. */
	public static final String EXPORTER = "exporter";

	/** The superuser. */
	public static final String ADMIN = "admin";

	/** The class of SQLSTATE for connections that are not made, or break. */
	private static final String CONNECTION_EXCEPTION = "08";

	/**
	 * Too many connections; shut down by an administrator; after a crash; not ready for
	 * connections yet.
	 */
	private static final Set<String> TEMPORARY = Set.of("53300", "57P01", "57P02", "57P03");

	private final StateDirectory state;

	private final Programs programs;

	private final Secrets secrets;

	public Postgres(int port, StateDirectory state, Programs programs, Secrets secrets, Launcher launcher) {
		super(Instance.of(NAME, port, "postgresql"), state.logs(), launcher);
		this.state = state;
		this.programs = programs;
		this.secrets = secrets;
	}

	public String adminPassword() {
		return this.secrets.password("DATABASE", ADMIN);
	}

	public String jdbcUrl(String database) {
		return String.format(Locale.ROOT, "jdbc:postgresql://%s:%d/%s", host(), port(), database);
	}

	/** The name of the database of a service, and of the role that owns it. */
	public static String databaseOf(String service) {
		return service.replace('-', '_');
	}

	/** How a service reaches its database: properties {@code platform.database.*}. */
	public Map<String, String> propertiesFor(String service) {
		return Map.of("platform.database.url", jdbcUrl(databaseOf(service)), "platform.database.username",
				databaseOf(service), "platform.database.password", this.secrets.password("DATABASE", service));
	}

	/** A new connection as the superuser. */
	public Connection connect(String database) throws SQLException {
		return connect(database, ADMIN, adminPassword());
	}

	public Connection connect(String database, String user, String password) throws SQLException {
		return connectTo(jdbcUrl(database), user, password);
	}

	/** A new connection to a server that this JVM has not started. */
	public static Connection connectTo(String url, String user, String password) throws SQLException {
		Properties properties = new Properties();
		properties.put("user", user);
		properties.put("password", password);
		properties.put("connectTimeout", "2");
		properties.put("socketTimeout", "5");
		return DriverManager.getConnection(url, properties);
	}

	@Override
	protected Command prepare() throws IOException {
		PostgresProgram program = PostgresProgram.extract(this.programs, this.state.programs());
		Path path = this.state.data(NAME).toAbsolutePath();
		DataDirectory data = new DataDirectory(path);
		data.initialize(program, ADMIN, adminPassword());
		data.recover();
		Files.writeString(path.resolve("postgresql.conf"), PostgresConfiguration.local(port()));
		return new Command(program.line("postgres", "-D", path.toString()), Map.of(), path);
	}

	/**
	 * A refusal that does not pass, of the password for example, counts as ready: waiting
	 * does not correct it, and provisioning reports it.
	 */
	@Override
	protected boolean isReady() {
		try (Connection connection = connect("postgres")) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			return !isTemporary(ex);
		}
	}

	/** It does not answer yet, or answers that it starts, stops or is full. */
	private static boolean isTemporary(SQLException ex) {
		String state = ex.getSQLState();
		return state == null || state.startsWith(CONNECTION_EXCEPTION) || TEMPORARY.contains(state);
	}

	@Override
	protected void provision() throws IOException {
		new PostgresAccounts(() -> connect("postgres"), this.secrets).provide();
	}

	@Override
	protected Shutdown shutdown() {
		return new Shutdown(Signal.INT, Signal.QUIT);
	}

}
