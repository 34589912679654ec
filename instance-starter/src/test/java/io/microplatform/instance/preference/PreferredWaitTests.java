package io.microplatform.instance.preference;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PreferredWaitTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
			wait=5                                      | 5
			Wait=5                                      | 5
			WAIT = 5                                    | 5
			wait="5"                                    | 5
			wait=0                                      | 0
			wait=007                                    | 7
			wait=10                                     | 10
			wait=11                                     | 10
			wait=100                                    | 10
			wait="\\5"                                  | 5
			wait=010                                    | 10
			wait=86400                                  | 10
			wait=99999999999999999999999                | 10
			wait=3; unknown="a, b"; x                   | 3
			return=minimal, wait=3                      | 3
			respond-async, wait=3, return=minimal       | 3
			note="wait=1, \\" wait=2", wait=3           | 3
			,, =x, ;y, wait=3                           | 3
			wait=3, wait=9                              | 3""")
	void isAppliedUpToTenSeconds(String header, int seconds) {
		assertThat(PreferredWait.of(List.of(header))).contains(Duration.ofSeconds(seconds));
	}

	@Test
	void mayBeInTheSecondOfTwoHeaders() {
		assertThat(PreferredWait.of(List.of("return=minimal", "wait=3"))).contains(Duration.ofSeconds(3));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "wait", "wait=", "wait=\"\"", "wait=-1", "wait=+1", "wait=1.5", "wait=1e1",
			"wait=1e3", "wait=0x5", "wait=abc", "wait=abc, wait=3", "wait, wait=3", "wait=٣", "wait=1 2", "wait=\"5",
			"waiting=5", "=5", "\"", "\\", "a=\"wait=5\"", "a;wait=5", "return=minimal" })
	void isIgnoredWhenItMakesNoSense(String header) {
		assertThat(PreferredWait.of(List.of(header))).isEmpty();
	}

	@Test
	void isTheFirstOfSeveralHeaders() {
		assertThat(PreferredWait.of(List.of("wait=2", "wait=9"))).contains(Duration.ofSeconds(2));
		assertThat(PreferredWait.of(List.of("wait=x", "wait=9"))).isEmpty();
	}

	@Test
	void isNotThereWithoutAHeader() {
		assertThat(PreferredWait.of(List.of())).isEmpty();
	}

}
