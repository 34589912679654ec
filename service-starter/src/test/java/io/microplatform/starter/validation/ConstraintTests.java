package io.microplatform.starter.validation;

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
	}

	record Named(@PlainText(max = 5) @Nullable String name) {
	}

	record Key(@VisibleText @Nullable String key) {
	}

}
