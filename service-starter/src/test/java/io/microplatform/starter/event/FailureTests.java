package io.microplatform.starter.event;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

import io.microplatform.starter.event.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class FailureTests {

	@ParameterizedTest
	@CsvSource({ "08006, OUTAGE", "40001, OUTAGE", "40P01, OUTAGE", "53300, OUTAGE", "55P03, OUTAGE", "57014, OUTAGE",
			"57P01, OUTAGE", "57P03, OUTAGE", "25P03, OUTAGE", "22001, REFUSED", "23505, REFUSED", "42P01, REFUSED",
			"54000, REFUSED", "P0001, REFUSED" })
	void theDatabaseSaysWhatItIs(String state, Kind kind) {
		SQLException cause = new SQLException("as PostgreSQL says", state);
		assertThat(Failure.of(wrapped(new UncategorizedSQLException("insert", "insert", cause))).kind())
			.isEqualTo(kind);
		// What Spring makes of it does not matter.
		assertThat(Failure.of(wrapped(new DataAccessResourceFailureException("insert", cause))).kind()).isEqualTo(kind);
	}

	@ParameterizedTest
	@MethodSource
	void withoutItsWordTheExceptionDoes(RuntimeException thrown, Kind kind) {
		assertThat(Failure.of(wrapped(thrown)).kind()).isEqualTo(kind);
	}

	static Stream<Arguments> withoutItsWordTheExceptionDoes() {
		return Stream.of(
				arguments(new CannotCreateTransactionException("no connection",
						new SQLTransientConnectionException("timed out")), Kind.OUTAGE),
				arguments(new TransactionSystemException("rollback", new SQLException("is closed")), Kind.OUTAGE),
				arguments(new QueryTimeoutException("late"), Kind.OUTAGE),
				arguments(new DataIntegrityViolationException("twice"), Kind.REFUSED),
				arguments(new IllegalStateException("there is no such order"), Kind.REFUSED),
				arguments(new IllegalStateException(new UnreadableEventException("no id", null)), Kind.UNREADABLE));
	}

	@Test
	void theReasonIsWhatWasThrownByWhoeverFailed() {
		Failure failure = Failure
			.of(wrapped(new IllegalStateException("no order\nwith details", new RuntimeException("why"))));
		assertThat(failure.reason()).isInstanceOf(IllegalStateException.class);
		assertThat(failure.summary(1000))
			.isEqualTo("java.lang.IllegalStateException: no order; caused by java.lang.RuntimeException: why");
		assertThat(failure.summary(20)).isEqualTo("java.lang.IllegalSt…");
	}

	private static RuntimeException wrapped(RuntimeException thrown) {
		return new MessageHandlingException(new GenericMessage<>("event"), thrown);
	}

}
