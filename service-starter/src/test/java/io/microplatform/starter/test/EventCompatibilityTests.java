package io.microplatform.starter.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class EventCompatibilityTests {

	private static final String RELEASED = """
			{"required": ["orderId", "at"], "properties": {"orderId": {"type": "integer"},
			"at": {"type": "string", "format": "date-time"}, "reason": {"type": "string"}}}""";

	/** The contract is broken on purpose only, by changing what stands in released/. */
	@ParameterizedTest
	@MethodSource("released")
	void nothingThatWasReleasedIsTakenAway(Path released) throws IOException {
		Path present = released.resolveSibling("..").resolve(released.getFileName());
		assertThat(present).exists();
		assertThat(breaks(Files.readString(released), Files.readString(present))).isEmpty();
	}

	static List<Path> released() throws IOException {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));
		try (Stream<Path> files = Files.list(root.resolve("docs/events/released"))) {
			return files.sorted().toList();
		}
	}

	@Test
	void aNewPropertyAndAnotherDescriptionBreakNothing() {
		assertThat(breaks(RELEASED, RELEASED.replace("{\"orderId\"", """
				{"new": {"type": "boolean"}, "orderId\"""").replace("\"format\"", """
				"description": "When.", "format\""""))).isEmpty();
	}

	@Test
	void aPropertyThatIsGoneBreaksReaders() {
		assertThat(breaks(RELEASED, RELEASED.replace("\"reason\"", "\"cause\""))).containsExactly("reason is gone");
	}

	@Test
	void aPropertyThatMayBeMissingNowBreaksReaders() {
		assertThat(breaks(RELEASED, RELEASED.replace(", \"at\"]", "]"))).containsExactly("at is not required any more");
	}

	@Test
	void anotherTypeBreaksReaders() {
		assertThat(breaks(RELEASED, RELEASED.replace("integer", "string"))).singleElement()
			.asString()
			.startsWith("orderId was");
	}

	private static List<String> breaks(String released, String present) {
		JsonMapper json = JsonMapper.shared();
		JsonNode before = json.readTree(released);
		return new EventCompatibility(before, json.readTree(present)).breaks();
	}

}
