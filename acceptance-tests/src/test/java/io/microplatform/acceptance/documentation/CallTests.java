package io.microplatform.acceptance.documentation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of calls in docs/api.md lists every call of the services, and the gateway has
 * a route for each.
 */
class CallTests {

	private static final String WEB = "org.springframework.web.bind.annotation.";

	private static final List<String> METHODS = List.of("Get", "Post", "Put", "Patch", "Delete");

	/** Method and path, as in {@code GET /users/{id}}, without bodies and queries. */
	private static final List<String> DOCUMENTED = Table.below("| call | response |", Checkout.read("docs/api.md"))
		.code(0)
		.stream()
		.filter((code) -> code.matches("[A-Z]+ /.*"))
		.map((code) -> code.replaceAll("\\?.*", ""))
		.toList();

	@Test
	void namesExactlyTheCallsOfTheServices() {
		assertThat(DOCUMENTED).doesNotHaveDuplicates();
		assertThat(new TreeSet<>(DOCUMENTED)).isEqualTo(Checkout.classes(List.of("user-service", "order-service"))
			.stream()
			.filter((type) -> type.isAnnotatedWith(WEB + "RestController"))
			.flatMap(CallTests::calls)
			.filter((call) -> !call.contains(" /internal/"))
			.collect(Collectors.toCollection(TreeSet::new)));
	}

	@Test
	void namesOnlyCallsWithARoute() {
		List<String> routes = Checkout.read("config-repo/api-gateway.yml")
			.lines()
			.filter((line) -> line.contains("- Path="))
			.flatMap((line) -> Stream.of(line.substring(line.indexOf('=') + 1).split(",", -1)))
			.map((path) -> path.replace("/**", "(/.*)?"))
			.toList();
		assertThat(DOCUMENTED).allMatch(
				(call) -> routes.stream().anyMatch((route) -> call.substring(call.indexOf(' ') + 1).matches(route)));
	}

	private static Stream<String> calls(JavaClass controller) {
		String base = controller.tryGetAnnotationOfType(WEB + "RequestMapping").map(CallTests::path).orElse("");
		return controller.getMethods().stream().flatMap((method) -> calls(base, method));
	}

	private static Stream<String> calls(String base, JavaMethod method) {
		return METHODS.stream().flatMap((verb) -> {
			Optional<? extends JavaAnnotation<?>> mapping = method.tryGetAnnotationOfType(WEB + verb + "Mapping");
			return mapping.map((given) -> verb.toUpperCase(Locale.ROOT) + " " + base + path(given)).stream();
		});
	}

	private static String path(JavaAnnotation<?> mapping) {
		Map<String, Object> given = mapping.getProperties();
		return Stream.of("path", "value")
			.flatMap((name) -> Stream.ofNullable(given.get(name)))
			.flatMap((paths) -> Stream.of((Object[]) paths))
			.map(String::valueOf)
			.findFirst()
			.orElse("");
	}

}
