package io.microplatform.cli;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.microplatform.local.postgres.Postgres;

/**
 * The databases of a backup, which meet a Kafka without events, and clients that have
 * seen what came after the backup.
 *
 * @param postgres the server, before any service has connected to it
 */
record RestoredDatabases(Postgres postgres) {

	/**
	 * More than the ids that are given out between a backup and the loss of the data. A
	 * token of a lost user would otherwise be that of the next user.
	 */
	private static final long SKIPPED_IDS = 1_000_000;

	private static final Duration STATEMENTS_TAKE_AT_MOST = Duration.ofMinutes(10);

	/**
	 * Lets the relays send all events again that the outboxes still have, because it is
	 * unknown which of them had reached their consumers. The inboxes skip those that are
	 * applied. Ids continue after a gap.
	 * @param discarded the ids of events that operators have discarded, which are not
	 * sent again
	 * @return the number of events that will be sent again
	 */
	long prepare(Collection<String> discarded) throws IOException {
		try {
			long events = 0;
			for (String database : databases()) {
				try (Connection connection = connect(database)) {
					skipIds(connection);
					events += sendAgain(connection, discarded);
				}
			}
			return events;
		}
		catch (SQLException ex) {
			throw new IOException("the databases could not be prepared: " + ex.getMessage(), ex);
		}
	}

	private Connection connect(String database) throws SQLException {
		Connection connection = this.postgres.connect(database);
		connection.setNetworkTimeout(Runnable::run, (int) STATEMENTS_TAKE_AT_MOST.toMillis());
		return connection;
	}

	/** Those of services that the checkout does not have any more, too. */
	private List<String> databases() throws SQLException {
		List<String> names = new ArrayList<>();
		try (Connection connection = connect("postgres");
				Statement statement = connection.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate"
							+ " AND datname <> 'postgres'")) {
			while (rows.next()) {
				names.add(rows.getString(1));
			}
		}
		return names;
	}

	private static void skipIds(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement("""
				SELECT setval(format('%I.%I', schemaname, sequencename)::regclass,
					least(coalesce(last_value, start_value) + ?, max_value)) FROM pg_sequences""")) {
			statement.setLong(1, SKIPPED_IDS);
			statement.execute();
		}
	}

	private static long sendAgain(Connection connection, Collection<String> discarded) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT to_regclass('public.outbox') IS NOT NULL")) {
			if (!row.next() || !row.getBoolean(1)) {
				return 0;
			}
		}
		try (PreparedStatement statement = connection.prepareStatement("""
				UPDATE public.outbox SET published_at = NULL, attempts = 0, retry_at = NULL
				WHERE published_at IS NOT NULL AND event_id::text <> ALL (?)""")) {
			Array ids = connection.createArrayOf("text", discarded.toArray(String[]::new));
			statement.setArray(1, ids);
			return statement.executeLargeUpdate();
		}
	}

}
