package io.microplatform.starter.event;

import java.sql.SQLException;

import io.microplatform.starter.event.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.messaging.MessageHandlingException;
import org.springframework.messaging.support.GenericMessage;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTests {

	@ParameterizedTest
	@CsvSource({ "57P01, OUTAGE", "25006, OUTAGE", "28P01, OUTAGE", "3D000, OUTAGE", "22001, REFUSED",
			"23505, REFUSED" })
	void theDatabaseSaysWhatItIs(String state, Kind kind) {
		SQLException cause = new SQLException("as PostgreSQL says", state);
		assertThat(Failure.of(wrapped(new UncategorizedSQLException("insert", "insert", cause))).kind())
			.isEqualTo(kind);
	}

	@Test
	void whatIsNoEventIsUnreadable() {
		assertThat(Failure.of(wrapped(new IllegalStateException(new UnreadableEventException("no id", null)))).kind())
			.isEqualTo(Kind.UNREADABLE);
	}

	@Test
	void whatAnEffectThrowsIsRefused() {
		assertThat(Failure.of(wrapped(new IllegalStateException("there is no such order"))).kind())
			.isEqualTo(Kind.REFUSED);
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
