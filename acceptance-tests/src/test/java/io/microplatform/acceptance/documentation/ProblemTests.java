package io.microplatform.acceptance.documentation;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of problems in docs/api.md is the catalogue that the gateway and the services
 * share.
 */
class ProblemTests {

	private static final String CATALOGUE = "instance-starter/src/main/java/io/microplatform/instance/problem/ProblemKind.java";

	private static final Pattern KIND = Pattern.compile("\\b([A-Z_]+)\\(HttpStatus\\.([A-Z_]+), \"([^\"]+)\"");

	@Test
	void namesEveryKindWithItsTitleAndStatusAndNoOther() {
		List<List<String>> documented = Table
			.below("| kind | title | status | means | what to do |", Checkout.read("docs/api.md"))
			.rows()
			.stream()
			.map((row) -> List.of(Table.code(row.getFirst()).getFirst(), row.get(1), row.get(2)))
			.toList();
		assertThat(documented).containsExactlyElementsOf(catalogue());
	}

	private static List<List<String>> catalogue() {
		return KIND.matcher(Checkout.read(CATALOGUE))
			.results()
			.map((kind) -> List.of(kind.group(1).toLowerCase(Locale.ROOT).replace('_', '-'), kind.group(3),
					Integer.toString(HttpStatus.valueOf(kind.group(2)).value())))
			.toList();
	}

}
