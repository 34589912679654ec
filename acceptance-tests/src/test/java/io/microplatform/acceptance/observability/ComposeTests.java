package io.microplatform.acceptance.observability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@code observability/compose.yaml} without Docker: against the JSON schema of the
 * <a href="https://github.com/compose-spec/compose-spec">Compose Specification</a>, which
 * rejects unknown keys, and that the files and variables it refers to exist.
 */
@AcceptanceTest
class ComposeTests {

	private static final Path FILE = Path.of(Objects.requireNonNull(System.getProperty("platform.root")))
		.resolve("observability/compose.yaml");

	private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)|environment: (PLATFORM_\\w+)");

	private final PrivatePlatform platform;

	ComposeTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@Test
	void keepsTheSpecification() throws IOException {
		List<Error> errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
			.getSchema(schema())
			.validate(compose().toString(), InputFormat.JSON);
		assertThat(errors).isEmpty();
	}

	/** Its identifiers are not those that the validator expects. */
	private String schema() throws IOException {
		try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/compose-spec.json"))) {
			ObjectNode schema = (ObjectNode) JsonMapper.shared().readTree(file);
			return schema.remove(List.of("$id", "$schema")).toString();
		}
	}

	@Test
	void mountsFilesThatExist() throws IOException {
		JsonNode compose = compose();
		Set<String> volumes = Set.copyOf(compose.path("volumes").propertyNames());
		List<String> sources = compose.path("services")
			.valueStream()
			.flatMap((service) -> service.path("volumes").valueStream())
			.filter(JsonNode::isString)
			.map((volume) -> volume.stringValue().substring(0, volume.stringValue().indexOf(':')))
			.filter((source) -> !volumes.contains(source))
			.toList();
		assertThat(sources).isNotEmpty().allSatisfy((source) -> assertThat(FILE.resolveSibling(source)).exists());
	}

	/** The file of variables is the one that {@code up} writes. */
	@Test
	void readsVariablesThatUpWrites() throws IOException {
		Set<String> written = Files.readAllLines(this.platform.state().resolve("secrets.env"))
			.stream()
			.filter((line) -> line.contains("="))
			.map((line) -> line.substring(0, line.indexOf('=')))
			.collect(Collectors.toSet());
		Set<String> read = VARIABLE.matcher(Files.readString(FILE))
			.results()
			.flatMap((match) -> Stream.of(match.group(1), match.group(2)))
			.filter(Objects::nonNull)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(read).contains("PLATFORM_STATE_DIR");
		read.remove("PLATFORM_STATE_DIR");
		assertThat(written).containsAll(read);
	}

	private static JsonNode compose() throws IOException {
		Map<String, Object> yaml = new Yaml().load(Files.readString(FILE));
		return JsonMapper.shared().valueToTree(yaml);
	}

}
