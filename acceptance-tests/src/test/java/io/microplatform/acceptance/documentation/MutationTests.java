package io.microplatform.acceptance.documentation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the patches in acceptance-tests/mutations apply to this checkout. The
 * command there verifies that the named tests detect them.
 */
class MutationTests {

	private static final Pattern HEADER = Pattern.compile("\\A\\S.+\\.\n\nModule: (\\S+)\nTests: (\\S+)\n\ndiff ");

	private static final Pattern TEST = Pattern.compile("(\\w+)(?:#(\\w+))?");

	private static List<Path> mutations() throws IOException {
		try (Stream<Path> files = Files.list(Checkout.ROOT.resolve("acceptance-tests/mutations"))) {
			return files.filter((file) -> file.toString().endsWith(".patch")).toList();
		}
	}

	@ParameterizedTest
	@MethodSource("mutations")
	void everyMutationApplies(Path mutation) throws Exception {
		Process git = new ProcessBuilder("git", "apply", "--check", mutation.toString())
			.directory(Checkout.ROOT.toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(git.waitFor()).as(output).isZero();
	}

	@ParameterizedTest
	@MethodSource("mutations")
	void everyMutationNamesExistingTests(Path mutation) throws IOException {
		Matcher header = HEADER.matcher(Checkout.read(mutation));
		assertThat(header.lookingAt()).isTrue();
		Path sources = Checkout.ROOT.resolve(header.group(1)).resolve("src/test/java");
		for (MatchResult test : TEST.matcher(header.group(2)).results().toList()) {
			assertThat(source(sources, test.group(1)))
				.contains((test.group(2) != null) ? test.group(2) + "(" : "@Test");
		}
	}

	private static String source(Path sources, String testClass) throws IOException {
		try (Stream<Path> files = Files.walk(sources)) {
			return Checkout.read(files.filter((file) -> file.endsWith(testClass + ".java")).findAny().orElseThrow());
		}
	}

}
