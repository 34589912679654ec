package io.microplatform.order;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AskAgainPropertiesTests {

	private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

	private final AskAgainProperties properties = new AskAgainProperties(Duration.ofSeconds(30), Duration.ofMinutes(15),
			Duration.ofSeconds(5), 100);

	@ParameterizedTest
	@CsvSource({ "PT0S, PT30S", "PT29S, PT30S", "PT31S, PT31S", "PT62S, PT62S", "PT15M, PT15M", "PT24H, PT15M",
			"-PT1H, PT30S" })
	void theLongerThereIsNoAnswerTheLongerIsTheNextPause(Duration waited, Duration pause) {
		assertThat(this.properties.next(NOW.minus(waited), NOW)).isEqualTo(NOW.plus(pause));
	}

}
