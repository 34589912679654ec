package io.microplatform.acceptance.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Links from one document to another, or within one.
 */
class LinkTests {

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	private static List<Path> documents() throws IOException {
		try (Stream<Path> files = Files.walk(Checkout.ROOT)) {
			return files.filter((file) -> file.toString().endsWith(".md"))
				.filter((file) -> !Checkout.ROOT.relativize(file).toString().matches("(\\..*|(.*/)?target)/.*"))
				.toList();
		}
	}

	private static Stream<Link> links() throws IOException {
		return documents().stream().flatMap(LinkTests::linksOf);
	}

	private static Stream<Link> linksOf(Path document) {
		return LINK.matcher(Checkout.read(document))
			.results()
			.map((link) -> new Link(document,
					link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1)).normalize(),
					(link.group(2) != null) ? link.group(2) : ""));
	}

	@ParameterizedTest
	@MethodSource("links")
	void leadSomewhere(Link link) {
		assertThat(link.to()).exists();
		if (!link.section().isEmpty()) {
			assertThat(HEADING.matcher(Checkout.read(link.to())).results().map((heading) -> anchor(heading.group(1))))
				.contains(link.section());
		}
	}

	@Test
	void leadToEveryDocument() throws IOException {
		List<Path> targets = links().map(Link::to).toList();
		assertThat(documents()).allMatch((document) -> document.equals(Checkout.ROOT.resolve("README.md"))
				|| targets.contains(document) || targets.contains(document.getParent()));
	}

	/** As GitHub makes it from a heading. */
	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	/**
	 * A link.
	 *
	 * @param from the document that has it
	 * @param to the file or folder to which it leads
	 * @param section of that, empty when it leads to all of it
	 */
	record Link(Path from, Path to, String section) {
	}

}
