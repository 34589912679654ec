package io.microplatform.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DrillCommandTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "nothing", "scale 3", "scale --rounds", "scale --rounds 0", "scale --rounds 31",
			"scale --rounds many", "scale --rate 0", "scale --rate 1000", "scale --rate 10 --rate 20",
			"--rate 10 scale" })
	void whatIsNotUnderstoodIsAnsweredInOneLine(String words) {
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		int exitCode = Drill.run(new ArrayList<>(List.of(words.split(" ", -1))),
				new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
				new PrintStream(err, true, StandardCharsets.UTF_8));
		assertThat(exitCode).isEqualTo(2);
		assertThat(err.toString(StandardCharsets.UTF_8).lines()).singleElement()
			.asString()
			.startsWith("usage: ./platform drill scale | ")
			.contains("[--rounds N] [--rate N]");
	}

}
