package io.microplatform.starter.event;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.messaging.MessagingException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Why an event was not applied.
 *
 * @param kind what may mend it
 * @param reason the exception of whoever failed, without the framework's around it
 */
record Failure(Kind kind, Throwable reason) {

	enum Kind {

		/** Nothing: the message is not an event. */
		UNREADABLE,

		/** Time: the database is away or overloaded, or somebody holds a lock. */
		OUTAGE,

		/** Perhaps another attempt. */
		REFUSED

	}

	private static final List<Class<? extends Exception>> OUTAGES = List.of(CannotCreateTransactionException.class,
			TransactionSystemException.class, TransientDataAccessException.class, RecoverableDataAccessException.class,
			DataAccessResourceFailureException.class, SQLTransientException.class, SQLRecoverableException.class);

	/**
	 * PostgreSQL's: connection, rollback for another's sake, resources, operator and
	 * system; a transaction that was idle for too long, a lock that was not to be had.
	 *
	 * @see <a href=
	 * "https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL Error
	 * Codes</a>
	 */
	private static final List<String> OUTAGE_STATES = List.of("08", "40", "53", "57", "58", "25P03", "55P03");

	static Failure of(Throwable thrown) {
		return new Failure(kindOf(thrown), reasonOf(thrown));
	}

	private static Kind kindOf(Throwable thrown) {
		if (causes(thrown).anyMatch(UnreadableEventException.class::isInstance)) {
			return Kind.UNREADABLE;
		}
		// What the database says is more exact than what Spring makes of it.
		boolean outage = causes(thrown).map(Failure::stateOf)
			.flatMap(Stream::ofNullable)
			.findFirst()
			.map((state) -> OUTAGE_STATES.stream().anyMatch(state::startsWith))
			.orElseGet(() -> causes(thrown).anyMatch(Failure::isOutage));
		return outage ? Kind.OUTAGE : Kind.REFUSED;
	}

	private static boolean isOutage(Throwable cause) {
		return OUTAGES.stream().anyMatch((type) -> type.isInstance(cause));
	}

	private static @Nullable String stateOf(Throwable cause) {
		return (cause instanceof SQLException ex) ? ex.getSQLState() : null;
	}

	private static Throwable reasonOf(Throwable thrown) {
		return causes(thrown)
			.filter((cause) -> !(cause instanceof MessagingException)
					&& !(cause instanceof ListenerExecutionFailedException))
			.findFirst()
			.orElse(thrown);
	}

	private static Stream<Throwable> causes(Throwable thrown) {
		return Stream.iterate(thrown, (cause) -> cause != null, Throwable::getCause);
	}

	/**
	 * For people: what went wrong and what was the cause, each with its first line only.
	 * @param length of the summary, at most, in characters
	 */
	String summary(int length) {
		String all = causes(this.reason).map((cause) -> cause.toString().lines().findFirst().orElse(""))
			.collect(Collectors.joining("; caused by "));
		return (all.length() <= length) ? all : all.substring(0, length - 1) + "…";
	}

}
