package io.microplatform.starter.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseFailureTests {

	@ParameterizedTest
	@ValueSource(strings = { "08006", "25006", "25P03", "25P04", "26000", "28000", "28P01", "3D000", "3F000", "40001",
			"40P01", "42501", "42P01", "42703", "53100", "53300", "55000", "55P03", "57014", "57P01", "57P03", "57P05",
			"58030" })
	void theConditionOfTheDatabaseIsAnOutage(String state) {
		SQLException cause = new SQLException("as PostgreSQL says", state);
		assertThat(isOutage(new UncategorizedSQLException("insert", "insert", cause))).isTrue();
		assertThat(isOutage(new IllegalStateException(new DataIntegrityViolationException("insert", cause)))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0A000", "22001", "22021", "23503", "23505", "25P02", "42601", "54000", "P0001", "XX001" })
	void whatTheStatementOrItsDataAreRefusedForIsNot(String state) {
		SQLException cause = new SQLException("as PostgreSQL says", state);
		assertThat(isOutage(new UncategorizedSQLException("insert", "insert", cause))).isFalse();
		// What Spring makes of it does not matter.
		assertThat(isOutage(new DataAccessResourceFailureException("insert", cause))).isFalse();
		assertThat(isOutage(new TransactionSystemException("commit", cause))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "28P01", "3D000", "XX000", "F0000", "54000" })
	void withoutAConnectionTheStateDoesNotMatter(String state) {
		SQLException cause = new SQLException("as PostgreSQL says", state);
		assertThat(isOutage(new DataAccessResourceFailureException("connect",
				new SQLTransientConnectionException("timed out", state, cause))))
			.isTrue();
		assertThat(isOutage(new CannotCreateTransactionException("begin", cause))).isTrue();
	}

	@ParameterizedTest
	@MethodSource
	void withoutAStateTheExceptionDecides(RuntimeException thrown) {
		assertThat(isOutage(thrown)).isTrue();
	}

	static Stream<RuntimeException> withoutAStateTheExceptionDecides() {
		return Stream.of(new CannotCreateTransactionException("no connection"),
				new TransactionSystemException("rollback", new SQLException("is closed")),
				new TransactionTimedOutException("late"), new QueryTimeoutException("late"),
				new DataAccessResourceFailureException("closed"));
	}

	@Test
	void everythingElseIsNone() {
		assertThat(isOutage(new DataIntegrityViolationException("twice"))).isFalse();
		assertThat(isOutage(new IllegalStateException("there is no such order"))).isFalse();
	}

	private static boolean isOutage(Throwable thrown) {
		return new DatabaseFailure(thrown).isOutage();
	}

}
