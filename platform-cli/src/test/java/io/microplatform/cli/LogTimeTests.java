package io.microplatform.cli;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LogTimeTests {

	@ParameterizedTest
	@ValueSource(strings = { "{\"@timestamp\":\"2026-11-30T06:56:22.123Z\",\"message\":\"of 2025-01-01T00:00:00Z\"}",
			"2026-11-30 06:56:22.123 UTC [17] LOG:  ready", "2026-11-30T06:56:22.123Z [main] INFO kafka - started",
			"ts=2026-11-30T06:56:22.123Z caller=main.go level=info", "17:M 30 Nov 2026 06:56:22.123 * Ready" })
	void readsTheLinesOfAllPrograms(String line) {
		assertThat(LogTime.of(line)).hasValue(Instant.parse("2026-11-30T06:56:22.123Z"));
	}

	@Test
	void isEmptyForLinesWithoutATime() {
		assertThat(LogTime.of("\tat java.base/java.lang.Thread.run")).isEmpty();
		assertThat(LogTime.of("2026-13-45 06:56:22 is no time")).isEmpty();
		assertThat(LogTime.of("{\"@timestamp\":\"yesterday\"}")).isEmpty();
	}

}
