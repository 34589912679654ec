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
		Properties properties = new Properties();
		properties.put("user", user);
		properties.put("password", password);
		properties.put("connectTimeout", "2");
		properties.put("socketTimeout", "5");
		return DriverManager.getConnection(jdbcUrl(database), properties);
	}

	@Override
	protected Command prepare() throws IOException {
		PostgresProgram program = PostgresProgram.extract(this.programs, this.state.programs());
		Path path = this.state.data(NAME).toAbsolutePath();
		DataDirectory data = new DataDirectory(path);
		data.initialize(program, ADMIN, adminPassword());
		data.recover();
		Files.writeString(path.resolve("postgresql.conf"), settings());
		return new Command(program.line("postgres", "-D", path.toString()), Map.of(), path);
	}

	private String settings() {
		return String.format(Locale.ROOT, """
				# Written anew at every start; see the class Postgres.
				listen_addresses = '127.0.0.1'
				port = %d
				# Connections come over TCP with a password; a socket file would only be one more door.
				unix_socket_directories = ''
				password_encryption = scram-sha-256

				# An acknowledged transaction is on the disk.
				fsync = on
				synchronous_commit = on
				full_page_writes = on

				# One developer's machine.
				max_connections = 100
				shared_buffers = 64MB
				work_mem = 4MB
				maintenance_work_mem = 32MB
				max_wal_size = 256MB
				# A query that sorts too much fails, and does not fill the disk (default: no limit).
				temp_file_limit = 1GB
				jit = off
				# Workers of their own for I/O and parallel queries would only take memory here.
				io_method = sync
				max_parallel_workers_per_gather = 0

				# A stopped client must not keep its row locks indefinitely.
				idle_in_transaction_session_timeout = 30s
				# A client whose machine died is noticed.
				tcp_keepalives_idle = 30
				timezone = UTC
				log_timezone = UTC
				# Details of an error are values of rows, which can be e-mail addresses.
				log_error_verbosity = terse
				log_line_prefix = '%%m [%%p] %%q%%u@%%d '
				""", port());
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
		new PostgresAccounts(this, this.secrets).provide();
	}

	@Override
	protected Shutdown shutdown() {
		return new Shutdown(Signal.INT, Signal.QUIT);
	}

}
