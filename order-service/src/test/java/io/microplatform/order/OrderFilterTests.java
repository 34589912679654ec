package io.microplatform.order;

import java.time.Instant;

import io.microplatform.starter.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OrderFilterTests {

	@ParameterizedTest
	@CsvSource({ "2026-11-24T12:00:00Z, 2026-11-24T12:00:00Z",
			"2026-11-24T12:00:00.123456Z, 2026-11-24T12:00:00.123456Z",
			"2026-11-24T12:00:00.1Z, 2026-11-24T12:00:00.1Z", "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
			"9999-12-31T23:59:59.999999999Z, +10000-01-01T00:00:00Z" })
	void takesInstants(String text, Instant instant) {
		assertThat(OrderFilter.of(null, text, null).from()).isEqualTo(instant);
		assertThat(OrderFilter.of(null, null, text).to()).isEqualTo(instant);
	}

	@Test
	void roundsUpToWhatTheDatabaseKeeps() {
		assertThat(OrderFilter.of(null, "2026-11-24T12:00:00.123456001Z", null).from())
			.isEqualTo("2026-11-24T12:00:00.123457Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "now", "0", "1763985600", "2026-11-24", "2026-11-24T12:00:00",
			"2026-11-24T12:00Z", "2026-11-24T12:00:00+01:00", "2026-11-24T12:00:00 01:00", "2026-11-24 12:00:00Z",
			"2026-02-30T00:00:00Z", "2026-11-24T25:00:00Z", "20261124T120000Z", "+10000-01-01T00:00:00Z",
			"-0001-01-01T00:00:00Z", "2026-11-24T12:00:00.1234567890Z", "2026-11-24T12:00:00ZZ",
			"Tue, 24 Nov 2026 12:00:00 GMT", "２０２６-11-24T12:00:00Z" })
	void takesNothingElse(String text) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> OrderFilter.of(null, text, null))
			.satisfies((ex) -> assertNames(ex, "from"));
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> OrderFilter.of(null, null, text))
			.satisfies((ex) -> assertNames(ex, "to"));
	}

	@Test
	void doesNotEndBeforeItBegins() {
		assertThatExceptionOfType(ProblemException.class)
			.isThrownBy(() -> OrderFilter.of(null, "2026-11-24T12:00:00.001Z", "2026-11-24T12:00:00Z"))
			.satisfies((ex) -> assertNames(ex, "from"));
		assertThat(OrderFilter.of(null, "2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z").status()).isNull();
	}

	private static void assertNames(ProblemException ex, String field) {
		assertThat(ex.getStatusCode().value()).isEqualTo(400);
		assertThat(ex.getBody().getProperties()).extractingByKey("errors").asString().contains("field=" + field);
	}

}
