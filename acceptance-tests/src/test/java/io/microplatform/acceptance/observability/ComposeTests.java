package io.microplatform.acceptance.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.ComposeFile;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@code observability/compose.yaml} without Docker: against the Compose
 * Specification, and that the files and variables it refers to exist.
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
	void keepsTheSpecification() {
		assertThat(ComposeFile.read(FILE).errors()).isEmpty();
	}

	@Test
	void mountsFilesThatExist() {
		assertThat(ComposeFile.read(FILE).mountedFiles()).isNotEmpty()
			.allSatisfy((source) -> assertThat(source).exists());
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

}
