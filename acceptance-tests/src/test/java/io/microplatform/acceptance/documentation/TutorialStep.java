package io.microplatform.acceptance.documentation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A code block of a document that its reader follows step by step.
 *
 * @param file the file that the reader creates, from the line before the block; empty for
 * other blocks
 * @param language the language of the block: {@code diff} changes files, and the reader
 * types {@code sh}
 * @param text the content of the block
 */
record TutorialStep(String file, String language, String text) {

	private static final Pattern BLOCK = Pattern.compile("(?:^`([^`\n]+)`:\n\n)?^```(\\w+)\n(.*?)^```$",
			Pattern.MULTILINE | Pattern.DOTALL);

	static List<TutorialStep> of(String document) {
		return BLOCK.matcher(Checkout.read(document))
			.results()
			.map((block) -> new TutorialStep(Objects.requireNonNullElse(block.group(1), ""), block.group(2),
					block.group(3)))
			.toList();
	}

	boolean isFile() {
		return !this.file.isEmpty();
	}

	boolean isChange() {
		return this.language.equals("diff");
	}

	boolean isShell() {
		return this.language.equals("sh");
	}

	/** Creates the file of this step, or changes files. Other steps have no effect. */
	void applyTo(Path checkout) throws IOException, InterruptedException {
		if (isFile()) {
			Path target = checkout.resolve(this.file);
			Files.createDirectories(target.resolveSibling(""));
			Files.writeString(target, this.text, StandardOpenOption.CREATE_NEW);
		}
		if (isChange()) {
			git(checkout);
		}
	}

	/** Verifies that this step changes what a checkout has. */
	void assertThatItAppliesTo(Path checkout) throws IOException, InterruptedException {
		git(checkout, "--check");
	}

	private void git(Path checkout, String... options) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("git", "apply"));
		command.addAll(List.of(options));
		ProcessBuilder builder = new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true);
		// A copy below the checkout does not belong to its repository.
		builder.environment().put("GIT_CEILING_DIRECTORIES", checkout.resolve("..").normalize().toString());
		Process git = builder.start();
		git.getOutputStream().write(this.text.getBytes(StandardCharsets.UTF_8));
		git.getOutputStream().close();
		String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(git.waitFor()).as(output).isZero();
	}

	@Override
	public String toString() {
		return this.language + " " + (isFile() ? this.file : this.text.lines().findFirst().orElse(""));
	}

}
