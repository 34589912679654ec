package io.microplatform.lab.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import io.microplatform.lab.platform.RunningPlatform;

/**
 * A change of one row that no service would make. Undone when it is closed.
 */
final class DataCorruption implements AutoCloseable {

	private final Connection connection;

	private final String undo;

	private DataCorruption(Connection connection, String undo) {
		this.connection = connection;
		this.undo = undo;
	}

	/**
	 * Makes the change.
	 * @param database the name of the database, such as {@code order_service}
	 * @param sql the statement, which must change exactly one row
	 * @param undo the statement that reverts the change
	 */
	static DataCorruption of(RunningPlatform platform, String database, String sql, String undo) throws SQLException {
		Connection connection = platform.connect(database);
		change(connection, sql);
		return new DataCorruption(connection, undo);
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
