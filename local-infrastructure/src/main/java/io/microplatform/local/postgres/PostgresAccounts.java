package io.microplatform.local.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

import io.microplatform.local.server.Secrets;
import org.postgresql.util.PasswordUtil;

/**
 * One role and one database for each service. The role owns its database and can access
 * no other one. A role for metrics reads statistics, with the text of running queries.
 * Idempotent; changed passwords and rights are restored.
 */
public final class PostgresAccounts {

	private static final String WRONG_PASSWORD = "28P01";

	private static final String ATTRIBUTES = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";

	private final AdministratorConnection administrator;

	private final Secrets secrets;

	/**
	 * Creates the accounts of a server.
	 * @param administrator connects to the database {@code postgres} as a superuser
	 * @param secrets the services, and the passwords of their roles
	 */
	public PostgresAccounts(AdministratorConnection administrator, Secrets secrets) {
		this.administrator = administrator;
		this.secrets = secrets;
	}

	/** Whether the server has refused the password, which waiting does not correct. */
	public static boolean isWrongPassword(SQLException ex) {
		return WRONG_PASSWORD.equals(ex.getSQLState());
	}

	/**
	 * Creates what is missing, and restores what was changed.
	 * @throws IOException when the server cannot be reached or refuses a statement
	 */
	public void provide() throws IOException {
		try (Connection connection = this.administrator.open(); Statement statement = connection.createStatement()) {
			statement.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC");
			for (String service : this.secrets.services().names()) {
				provide(connection, Postgres.databaseOf(service), this.secrets.password("DATABASE", service));
			}
			role(connection, Postgres.EXPORTER, this.secrets.password("DATABASE", Postgres.EXPORTER));
			statement.execute("GRANT pg_monitor TO " + Postgres.EXPORTER);
			statement.execute("GRANT CONNECT ON DATABASE postgres TO " + Postgres.EXPORTER);
		}
		catch (SQLException ex) {
			if (isWrongPassword(ex)) {
				throw new IOException(
						"postgresql refuses the administrator's password: secrets.env is not the one"
								+ " that its data was made with; bring it back, or delete the data with `down --purge`",
						ex);
			}
			throw new IOException("postgresql could not be provided with its accounts: " + ex.getMessage(), ex);
		}
	}

	private static void role(Connection connection, String name, String password) throws SQLException {
		String role = quoted(name);
		try (Statement statement = connection.createStatement()) {
			if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", name)) {
				statement.execute("CREATE ROLE " + role);
			}
			// A verifier instead of the password: roles with pg_monitor read the text of
			// running statements.
			String verifier = PasswordUtil.encodeScramSha256(password.toCharArray());
			statement.execute("ALTER ROLE %s %s PASSWORD '%s'".formatted(role, ATTRIBUTES, verifier));
			// A slow statement, a lock that is never released and a client that went away
			// end here.
			statement.execute("ALTER ROLE %s SET statement_timeout = '5s'".formatted(role));
			statement.execute("ALTER ROLE %s SET lock_timeout = '3s'".formatted(role));
			statement.execute("ALTER ROLE %s SET idle_in_transaction_session_timeout = '10s'".formatted(role));
		}
	}

	private static void provide(Connection connection, String name, String password) throws SQLException {
		role(connection, name, password);
		String both = quoted(name);
		try (Statement statement = connection.createStatement()) {
			if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
				statement.execute("CREATE DATABASE %s OWNER %s".formatted(both, both));
			}
			statement.execute("ALTER DATABASE %s OWNER TO %s".formatted(both, both));
			statement.execute("REVOKE ALL ON DATABASE %s FROM PUBLIC".formatted(both));
		}
	}

	/** The name of a service may be a key word. */
	private static String quoted(String name) {
		return '"' + name + '"';
	}

	private static boolean exists(Connection connection, String query, String name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(query)) {
			statement.setString(1, name);
			return statement.executeQuery().next();
		}
	}

	/**
	 * Opens connections as a superuser.
	 */
	@FunctionalInterface
	public interface AdministratorConnection {

		Connection open() throws SQLException;

	}

}
