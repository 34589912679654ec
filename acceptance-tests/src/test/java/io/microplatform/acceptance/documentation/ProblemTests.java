package io.microplatform.acceptance.documentation;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of problems in docs/api.md lists the kinds that the gateway and the services
 * answer, with their statuses.
 */
class ProblemTests {

	private static final Pattern GATEWAY_KIND = Pattern.compile("\\b([A-Z_]+)\\(HttpStatus\\.([A-Z_]+), \"");

	private static final Pattern SERVICE_KIND = Pattern.compile("Map\\.entry\\((\\d+), \"([a-z-]+)\"\\)");

	private static final Pattern SPECIFIC_KIND = Pattern.compile("\\bof\\(HttpStatus\\.([A-Z_]+),\\s+\"([a-z-]+)\"");

	private static final String PROBLEMS = "service-starter/src/main/java/io/microplatform/starter/problem/";

	@Test
	void namesExactlyTheKindsOfProblems() {
		Map<String, Integer> documented = new TreeMap<>();
		Table.below("| kind | status | means | what to do |", Checkout.read("docs/api.md"))
			.rows()
			.forEach((row) -> documented.put(Table.code(row.getFirst()).getFirst(), Integer.valueOf(row.get(1))));
		assertThat(documented).isEqualTo(answered());
	}

	private static Map<String, Integer> answered() {
		Map<String, Integer> answered = new TreeMap<>();
		GATEWAY_KIND
			.matcher(Checkout.read("api-gateway/src/main/java/io/microplatform/gateway/problem/ProblemKind.java"))
			.results()
			.forEach((kind) -> answered.put(kind.group(1).toLowerCase(Locale.ROOT).replace('_', '-'),
					HttpStatus.valueOf(kind.group(2)).value()));
		String problem = Checkout.read(PROBLEMS + "Problem.java");
		SERVICE_KIND.matcher(problem)
			.results()
			.forEach((kind) -> answered.put(kind.group(2), Integer.valueOf(kind.group(1))));
		SPECIFIC_KIND.matcher(problem + Checkout.read(PROBLEMS + "ProblemException.java"))
			.results()
			.forEach((kind) -> answered.put(kind.group(2), HttpStatus.valueOf(kind.group(1)).value()));
		return answered;
	}

}
