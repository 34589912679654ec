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
 * Tests of the links within and between the documents.
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
	void everyLinkHasATarget(Link link) {
		assertThat(link.to()).exists();
		if (!link.section().isEmpty()) {
			assertThat(HEADING.matcher(Checkout.read(link.to())).results().map((heading) -> anchor(heading.group(1))))
				.contains(link.section());
		}
	}

	@Test
	void everyDocumentIsLinked() throws IOException {
		List<Path> targets = links().map(Link::to).toList();
		assertThat(documents()).allMatch((document) -> document.equals(Checkout.ROOT.resolve("README.md"))
				|| targets.contains(document) || targets.contains(document.getParent()));
	}

	/** Returns the anchor that GitHub generates for a heading. */
	private static String anchor(String heading) {
		return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
	}

	/**
	 * A link in a document.
	 *
	 * @param from the document that contains the link
	 * @param to the target file or folder
	 * @param section the anchor in the target; empty if the link has none
	 */
	record Link(Path from, Path to, String section) {
	}

}
