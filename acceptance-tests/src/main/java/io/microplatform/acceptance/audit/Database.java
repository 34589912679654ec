package io.microplatform.acceptance.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.microplatform.acceptance.platform.RunningPlatform;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an operator to the database of one service, for reading only. Large
 * results come in pieces, all from the moment of the first.
 */
final class Database implements AutoCloseable {

	private static final int ROWS_AT_A_TIME = 10_000;

	private final Connection connection;

	private Database(Connection connection) {
		this.connection = connection;
	}

	/**
	 * Connects.
	 * @param platform where
	 * @param name of the database, such as {@code order_service}
	 */
	static Database connect(RunningPlatform platform, String name) throws SQLException {
		Connection connection = platform.connect(name);
		connection.setReadOnly(true);
		connection.setAutoCommit(false);
		return new Database(connection);
	}

	/** Reads all rows of a query. */
	<T> List<T> list(String sql, Row<T> row, Object... parameters) throws SQLException {
		List<T> rows = new ArrayList<>();
		try (Cursor<T> cursor = walk(sql, row, parameters)) {
			for (T next = cursor.next(); next != null; next = cursor.next()) {
				rows.add(next);
			}
		}
		forgetSnapshot();
		return rows;
	}

	/** Lets the next query see what has been committed meanwhile. */
	void forgetSnapshot() throws SQLException {
		this.connection.commit();
	}

	long count(String sql, Object... parameters) throws SQLException {
		return list(sql, (result) -> result.getLong(1), parameters).getFirst();
	}

	/** Walks over the rows of a query, which do not all have to fit into memory. */
	<T> Cursor<T> walk(String sql, Row<T> row, Object... parameters) throws SQLException {
		PreparedStatement statement = this.connection.prepareStatement(sql);
		statement.setFetchSize(ROWS_AT_A_TIME);
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
	 * Reads a row.
	 *
	 * @param <T> what it becomes
	 */
	@FunctionalInterface
	interface Row<T> {

		T of(ResultSet result) throws SQLException;

	}

	/**
	 * A place in a result, before the first row at first. Not thread-safe.
	 *
	 * @param <T> what a row becomes
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

		/** The next row; null when there is none. */
		@Nullable T next() throws SQLException {
			return this.result.next() ? this.row.of(this.result) : null;
		}

		@Override
		public void close() throws SQLException {
			this.statement.close();
		}

	}

}
