package io.microplatform.starter.web;

import io.microplatform.starter.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CursorTests {

	@Test
	void withoutOneTheListBeginsWithTheNewest() {
		assertThat(Cursor.parse(null).before()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void itSurvivesTheWayToTheClientAndBack() {
		assertThat(Cursor.parse(new Cursor(4711).toString())).isEqualTo(new Cursor(4711));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "!", "abc", "4711", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk" })
	void anythingElseIsRefusedByName(String text) {
		assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> Cursor.parse(text))
			.satisfies((ex) -> assertThat(ex.getBody().getProperties()).extractingByKey("errors")
				.asString()
				.contains("cursor"));
	}

}
