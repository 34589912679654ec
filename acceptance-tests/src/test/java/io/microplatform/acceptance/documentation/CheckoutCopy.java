package io.microplatform.acceptance.documentation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A copy of the files of this checkout, committed or not, without those that Git ignores.
 */
final class CheckoutCopy {

	private CheckoutCopy() {
	}

	static Path to(Path directory) throws IOException, InterruptedException {
		for (String file : files()) {
			Path original = Checkout.ROOT.resolve(file);
			// A file that was deleted is listed until the deletion is committed.
			if (Files.exists(original, LinkOption.NOFOLLOW_LINKS)) {
				Path copy = directory.resolve(file);
				Files.createDirectories(copy.resolveSibling(""));
				Files.copy(original, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
			}
		}
		return directory;
	}

	private static List<String> files() throws IOException, InterruptedException {
		Process git = new ProcessBuilder("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
			.directory(Checkout.ROOT.toFile())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(git.waitFor()).isZero();
		return Stream.of(output.split("\0", -1)).filter((file) -> !file.isEmpty()).distinct().toList();
	}

}
