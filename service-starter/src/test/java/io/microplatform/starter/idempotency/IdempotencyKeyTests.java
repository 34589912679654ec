package io.microplatform.starter.idempotency;

import java.util.List;
import java.util.stream.Stream;

import io.microplatform.starter.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IdempotencyKeyTests {

	private static final String LONGEST = "k".repeat(255);

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'', textBlock = """
			8e03978e-40d5-43e8-bc93-6894a57f9324,   8e03978e-40d5-43e8-bc93-6894a57f9324
			"8e03978e-40d5-43e8-bc93-6894a57f9324", 8e03978e-40d5-43e8-bc93-6894a57f9324
			5,                                      5
			'" a, b; c "',                          ' a, b; c '
			"say \\"hi\\" \\\\ bye",                'say "hi" \\ bye'
			!#$%&'()*+-./:<=>?@[\\]^_`{|}~,         !#$%&'()*+-./:<=>?@[\\]^_`{|}~""")
	void isTheSameWithAndWithoutQuotes(String header, String key) {
		assertThat(IdempotencyKey.parse(List.of(header))).isEqualTo(key);
	}

	@Test
	void mayHave255Characters() {
		assertThat(IdempotencyKey.parse(List.of(LONGEST))).isEqualTo(LONGEST);
		assertThat(IdempotencyKey.parse(List.of('"' + LONGEST + '"'))).isEqualTo(LONGEST);
		assertThat(IdempotencyKey.parse(List.of('"' + "\\\"".repeat(255) + '"'))).isEqualTo("\"".repeat(255));
	}

	@ParameterizedTest
	@MethodSource
	void isRefusedByItsName(List<String> headers) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> IdempotencyKey.parse(headers))
			.satisfies((problem) -> assertThat(problem.getStatusCode().value()).isEqualTo(400))
			.satisfies((problem) -> assertThat(problem.getBody().getProperties()).extracting("errors")
				.asString()
				.contains("Idempotency-Key"));
	}

	static Stream<List<String>> isRefusedByItsName() {
		return Stream.concat(Stream.of(List.of("a", "b"), List.of("a", "a"), List.of("a", "")),
				Stream.of("", "\"\"", LONGEST + "k", '"' + LONGEST + "k\"", "\"", "\"a", "a\"", "\"a\"b", "\"a\" ",
						"\"a\\b\"", "\"a\\\"", "\"a\"; p=1", "\"a\", \"b\"", "a, b", "a b", "a;b", "a\tb", "a\u0000b",
						"a\u007fb", "\"a\nb\"", "é", "\"é\"", "k".repeat(7000), "\"".repeat(7000), "\\".repeat(7000))
					.map(List::of));
	}

}
