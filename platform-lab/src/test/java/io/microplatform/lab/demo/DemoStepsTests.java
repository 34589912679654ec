package io.microplatform.lab.demo;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DemoStepsTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final DemoSteps steps = new DemoSteps(new PrintStream(this.out, true, StandardCharsets.UTF_8));

	@Test
	void printsASuccessfulStep() {
		int result = this.steps.take("One and one", () -> 2, String::valueOf);
		assertThat(result).isEqualTo(2);
		assertThat(written()).matches("✓ One and one +— 2\n");
	}

	@Test
	void endsTheDemonstrationAtTheFirstFailure() {
		Expectation<Integer> three = new Expectation<>("three", (number) -> number == 3, String::valueOf);
		assertThatExceptionOfType(StepFailedException.class)
			.isThrownBy(() -> this.steps.take("One and one", () -> three.require(2), String::valueOf));
		assertThat(written()).matches("✗ One and one +— expected three, saw 2\n");
	}

	private String written() {
		return this.out.toString(StandardCharsets.UTF_8);
	}

}
