package io.microplatform.starter.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.postgres.Postgres;

/**
 * What an operator, a restore or a failover does to a database that answers all the same.
 * Placeholders in the statements: the database, its owner, the owner's password.
 */
@SuppressWarnings("ImmutableEnumChecker") // The lists are immutable.
public enum DatabaseTrouble {

	/** State 25006. Sessions that began meanwhile stay read-only afterwards. */
	READ_ONLY(List.of("alter database %1$s set default_transaction_read_only = on"),
			List.of("alter database %1$s reset default_transaction_read_only")),

	/** State 28000. */
	NO_LOGIN(List.of("alter role %2$s nologin"), List.of("alter role %2$s login")),

	/** State 28P01. */
	ANOTHER_PASSWORD(List.of("alter role %2$s password 'another'"), List.of("alter role %2$s password '%3$s'")),

	/** State 3D000, and 55000 until the name has changed. */
	NO_DATABASE(
			List.of("alter database %1$s allow_connections false",
					"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '%1$s'",
					"alter database %1$s rename to %1$s_away"),
			List.of("alter database %1$s_away rename to %1$s", "alter database %1$s allow_connections true")),

	/** State 53300. */
	NO_FREE_CONNECTION(List.of("alter role %2$s connection limit 0"), List.of("alter role %2$s connection limit -1")),

	/** State 42501. */
	NO_RIGHT(List.of("\\c", "revoke insert on inbox, outbox from %2$s"),
			List.of("\\c", "grant insert on inbox, outbox to %2$s")),

	/** State 42P01. */
	NO_TABLE(List.of("\\c", "alter table inbox rename to inbox_away", "alter table outbox rename to outbox_away"),
			List.of("\\c", "alter table inbox_away rename to inbox", "alter table outbox_away rename to outbox"));

	private static final String SERVICE = "order-service";

	private static final String CONNECT = "\\c";

	private final List<String> begin;

	private final List<String> end;

	DatabaseTrouble(List<String> begin, List<String> end) {
		this.begin = begin;
		this.end = end;
	}

	/**
	 * Begins, and ends the sessions of the database that were there before.
	 * @param database owned by the role of order-service
	 */
	public void begin(String database) {
		execute(this.begin, database);
		execute(List.of("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '%1$s'"),
				database);
	}

	/** Ends; the sessions that are there now stay. */
	public void end(String database) {
		execute(this.end, database);
	}

	private static void execute(List<String> statements, String database) {
		Postgres postgres = LocalInfrastructure.shared().postgres();
		String password = LocalInfrastructure.shared()
			.propertiesFor(SERVICE)
			.getOrDefault("platform.database.password", "");
		boolean inside = statements.getFirst().equals(CONNECT);
		try (Connection connection = postgres.connect(inside ? database : "postgres");
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				if (!sql.equals(CONNECT)) {
					statement.execute(sql.formatted(database, Postgres.databaseOf(SERVICE), password));
				}
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
