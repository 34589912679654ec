package io.microplatform.lab.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.microplatform.lab.platform.TargetPlatform;
import org.jspecify.annotations.Nullable;

/**
 * Read-only connection to a service's database with an administrator's rights. Large
 * results are fetched in chunks from a single snapshot.
 */
final class Database implements AutoCloseable {

	private static final int FETCH_SIZE = 10_000;

	private final Connection connection;

	private Database(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Connects.
	 * @param platform the platform
	 * @param name the name of the database, such as {@code order_service}
	 */
	static Database connect(TargetPlatform platform, String name) throws SQLException {
		Connection connection = platform.connect(name);
		connection.setReadOnly(true);
		connection.setAutoCommit(false);
		return new Database(connection);
	}

	/** Reads all rows of a query. */
	<T> List<T> list(String sql, Row<T> row, Object... parameters) throws SQLException {
		List<T> rows = new ArrayList<>();
		try (Cursor<T> cursor = open(sql, row, parameters)) {
			for (T next = cursor.next(); next != null; next = cursor.next()) {
				rows.add(next);
			}
		}
		endSnapshot();
		return rows;
	}

	/** Ends the transaction, so that the next query sees newer commits. */
	void endSnapshot() throws SQLException {
		this.connection.commit();
	}

	long count(String sql, Object... parameters) throws SQLException {
		return list(sql, (result) -> result.getLong(1), parameters).getFirst();
	}

	/** Returns a cursor over the rows of a query, which need not fit into memory. */
	<T> Cursor<T> open(String sql, Row<T> row, Object... parameters) throws SQLException {
		PreparedStatement statement = this.connection.prepareStatement(sql);
		statement.setFetchSize(FETCH_SIZE);
		for (int i = 0; i < parameters.length; i++) {
			statement.setObject(i + 1, parameters[i]);
		}
		return new Cursor<>(statement, statement.executeQuery(), row);
	}

	@Override
	public void close() throws SQLException {
		this.connection.close();
	}

	/**
	 * Maps a row to an object.
	 *
	 * @param <T> the type of the object
	 */
	@FunctionalInterface
	interface Row<T> {

		T of(ResultSet result) throws SQLException;

	}

	/**
	 * Cursor over a result, initially before the first row. Not thread-safe.
	 *
	 * @param <T> the type of the objects
	 */
	static final class Cursor<T> implements AutoCloseable {

		private final PreparedStatement statement;

		private final ResultSet result;

		private final Row<T> row;

		private Cursor(PreparedStatement statement, ResultSet result, Row<T> row) {
			this.statement = statement;
			this.result = result;
			this.row = row;
		}

		/** Returns the next row, or null after the last one. */
		@Nullable T next() throws SQLException {
			return this.result.next() ? this.row.of(this.result) : null;
		}

		@Override
		public void close() throws SQLException {
			this.statement.close();
		}

	}

}
