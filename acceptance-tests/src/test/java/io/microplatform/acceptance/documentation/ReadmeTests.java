package io.microplatform.acceptance.documentation;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * README.md is short, begins with what a visitor tries first, and shows the output that
 * the demo prints.
 */
class ReadmeTests {

	private static final List<String> LINES = Checkout.read("README.md").lines().toList();

	private static final Pattern STEP = Pattern.compile("^✓ (.+?) +— ");

	@Test
	void isShort() {
		assertThat(LINES).hasSizeLessThanOrEqualTo(150);
	}

	@Test
	void beginsWithTheTwoCommands() {
		assertThat(LINES.subList(0, 25)).contains("$ ./platform demo", "$ ./platform test");
	}

	@Test
	void showsStepsOfTheDemo() {
		List<String> steps = LINES.stream()
			.flatMap((line) -> STEP.matcher(line).results())
			.map((step) -> step.group(1))
			.toList();
		String demo = Checkout.files("/src/main/java/.*/demo/\\w+\\.java")
			.stream()
			.map(Checkout::read)
			.collect(Collectors.joining());
		assertThat(steps).isNotEmpty().allSatisfy((step) -> assertThat(demo).contains('"' + step + '"'));
	}

}
