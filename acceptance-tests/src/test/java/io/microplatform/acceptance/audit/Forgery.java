package io.microplatform.acceptance.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import io.microplatform.acceptance.platform.RunningPlatform;

/**
 * Something in the books that no service would write, there until it is closed, which
 * must not be forgotten.
 */
final class Forgery implements AutoCloseable {

	private final Connection connection;

	private final String undo;

	private Forgery(Connection connection, String undo) {
		this.connection = connection;
		this.undo = undo;
	}

	/**
	 * Forges.
	 * @param database such as {@code order_service}
	 * @param sql must change exactly one row
	 * @param undo must do the same, back
	 */
	static Forgery of(RunningPlatform platform, String database, String sql, String undo) throws SQLException {
		Connection connection = platform.connect(database);
		change(connection, sql);
		return new Forgery(connection, undo);
	}

	private static void change(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			int changed = statement.executeUpdate(sql);
			if (changed != 1) {
				throw new IllegalStateException(String.format(Locale.ROOT, "%d rows changed by %s", changed, sql));
			}
		}
	}

	@Override
	public void close() throws SQLException {
		try (this.connection) {
			change(this.connection, this.undo);
		}
	}

}
