package io.microplatform.starter.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

/**
 * Classifies a failure by the SQL state. This is the only list of SQL states that count
 * as an outage: requests are answered 503, events are retried without end, and background
 * tasks and the start of an instance are repeated.
 *
 * @param thrown the exception, with all its causes
 * @see <a href= "https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL
 * Error Codes</a>
 */
public record DatabaseFailure(Throwable thrown) {

	/**
	 * States, or the beginnings of states, that depend on the condition of the database
	 * and never on the data of a request or an event. Everything else is refused for what
	 * it is: data (22), constraints (23), syntax (42601), limits of the program (54), an
	 * exception of a trigger (P0001), damaged rows (XX).
	 */
	private static final List<String> OUTAGES = List.of(
			// The connection is lost or cannot be made.
			"08",
			// Read-only: a standby, or a primary during maintenance.
			"25006",
			// The server ended a transaction that took too long.
			"25P03", "25P04",
			// A prepared statement is gone; the driver prepares it again.
			"26000",
			// A role without login, another password, a rule of pg_hba.conf.
			"28",
			// The database or the schema is missing, as during a restore.
			"3D", "3F",
			// Rolled back because of another transaction.
			"40",
			// A right, a table or a column was taken away, or is not restored yet. The
			// services' statements are fixed: no request and no event names another one.
			"42501", "42P01", "42703",
			// Disk, memory or connections are used up.
			"53",
			// A lock is held by another transaction, or the database refuses connections.
			"55",
			// An operator: shutdown, start, cancelled statement, dropped database.
			"57",
			// The operating system, as an error of a disk.
			"58");

	/** No connection, whatever state the attempt to get one ended with. */
	private static final List<Class<? extends Exception>> NO_CONNECTION = List
		.of(CannotCreateTransactionException.class, SQLTransientConnectionException.class);

	/** Exceptions that mean an outage when no cause has a state. */
	private static final List<Class<? extends Exception>> WITHOUT_STATE = List.of(TransactionSystemException.class,
			TransactionTimedOutException.class, TransientDataAccessException.class,
			RecoverableDataAccessException.class, DataAccessResourceFailureException.class, SQLTransientException.class,
			SQLRecoverableException.class);

	/**
	 * Whether the failure passes once the database is as it should be. The database's
	 * word counts more than the exception that a framework makes of it.
	 * @return {@code false} when the database refused the statement or its data, and when
	 * the failure has nothing to do with a database
	 */
	public boolean isOutage() {
		return isAny(NO_CONNECTION) || state().map(DatabaseFailure::isOutage).orElseGet(() -> isAny(WITHOUT_STATE));
	}

	private static boolean isOutage(String state) {
		return OUTAGES.stream().anyMatch(state::startsWith);
	}

	private Optional<String> state() {
		return causes().filter(SQLException.class::isInstance)
			.flatMap((cause) -> Stream.ofNullable(((SQLException) cause).getSQLState()))
			.findFirst();
	}

	private boolean isAny(List<Class<? extends Exception>> types) {
		return causes().anyMatch((cause) -> types.stream().anyMatch((type) -> type.isInstance(cause)));
	}

	private Stream<Throwable> causes() {
		return Stream.iterate(this.thrown, (cause) -> cause != null, Throwable::getCause);
	}

}
