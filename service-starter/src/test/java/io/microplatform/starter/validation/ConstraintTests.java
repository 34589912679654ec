package io.microplatform.starter.validation;

import java.math.BigDecimal;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConstraintTests {

	private final Validator validator = Validation.buildDefaultValidatorFactory().getValidator();

	@ParameterizedTest
	@ValueSource(strings = { "a", "abcde", "É", "😀😀😀😀😀", " a ", "日本語", "a\u200db" })
	void plainTextOfUpToFiveCharactersIsAccepted(String text) {
		assertThat(this.validator.validate(new Named(text))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\u00a0", "\u00a0\t", "\u200b", "\u3164 \ufeff", "abcdef", "😀😀😀😀😀😀",
			"a\u0000b", "a\nb", "a\u001bb", "\ud83d", "\ude00a", "a\u2028b" })
	void otherTextIsRefused(String text) {
		assertThat(this.validator.validate(new Named(text))).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "ada@example.org", "\"a b\"@example.org", "jürgen@bücher.example", "ju\u0308rgen",
			"日本語", "😀" })
	void visibleTextIsAccepted(String text) {
		assertThat(this.validator.validate(new Key(text))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0000b", "a\u00adb", "a\u200bb", "a\u200db", "a\u202eb", "a\u2066b", "\ufeffa",
			"a\u034fb", "a\u3164", "a\ufe0f", "a\udb40\udc41", "a\u00a0b", "a\u3000b", "a\u2029", "a\ue000", "a\u0378",
			"a\ufffe", "\ud83d" })
	void textWithInvisibleCharactersIsRefused(String text) {
		assertThat(this.validator.validate(new Key(text))).hasSize(1);
	}

	@Test
	void whatIsMissingIsLeftToNotNull() {
		assertThat(this.validator.validate(new Named(null))).isEmpty();
		assertThat(this.validator.validate(new Key(null))).isEmpty();
		assertThat(this.validator.validate(new Price(null, null))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0.00", "999.99", "-999.99", "1e2", "0e2", "12.5" })
	void decimalsOfUpToThreeAndTwoDigitsAreAccepted(BigDecimal decimal) {
		assertThat(this.validator.validate(new Price(decimal, decimal))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1000", "1e3", "0e3", "1e999999999", "1e2147483647", "-1e2147483647", "0e2147483647",
			"99e2147483646" })
	void decimalsWithTooManyDigitsBeforeThePointAreRefused(BigDecimal decimal) {
		assertThat(this.validator.validate(new Price(decimal, decimal))).singleElement()
			.satisfies((violation) -> assertThat(violation.getPropertyPath()).hasToString("bounded"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.001", "1.000", "1e-3", "0e-3", "1e-2147483647", "-1e-2147483647", "0e-2147483647" })
	void decimalsWithTooManyDigitsAfterThePointAreRefused(BigDecimal decimal) {
		assertThat(this.validator.validate(new Price(decimal, decimal))).hasSize(2);
	}

	record Price(@DecimalDigits(integer = 3, fraction = 2) @Nullable BigDecimal bounded,
			@DecimalDigits(fraction = 2) @Nullable BigDecimal unbounded) {
	}

	record Named(@PlainText(max = 5) @Nullable String name) {
	}

	record Key(@VisibleText @Nullable String key) {
	}

}
