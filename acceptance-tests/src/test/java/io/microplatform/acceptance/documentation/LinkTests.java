package io.microplatform.acceptance.documentation;

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
 * Links from one document to another or within one, and references from sources to
 * documents.
 */
class LinkTests {

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]*))?\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

	private static final Pattern REFERENCE = Pattern.compile("\\bdocs/[a-z/0-9-]+\\.md\\b");

	private static List<Path> documents() {
		return Checkout.files("\\.md");
	}

	private static Stream<Link> links() {
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
	void everyDocumentIsLinked() {
		List<Path> targets = links().map(Link::to).toList();
		assertThat(documents()).allMatch((document) -> document.equals(Checkout.ROOT.resolve("README.md"))
				|| targets.contains(document) || targets.contains(document.getParent()));
	}

	@Test
	void sourcesReferToDocumentsThatExist() {
		assertThat(Checkout.files("(\\.java|\\.sql|\\.ya?ml|/platform|/pom\\.xml)")
			.stream()
			.flatMap((source) -> REFERENCE.matcher(Checkout.read(source)).results())
			.map((reference) -> Checkout.ROOT.resolve(reference.group()))).isNotEmpty()
			.allSatisfy((document) -> assertThat(document).exists());
	}

	/** As GitHub makes it from a heading. */
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
