package io.microplatform.instance.configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryLimitTests {

	private static final long MIB = 1024 * 1024;

	@ParameterizedTest
	@ValueSource(strings = { "container", "container,tracing", "tracing, container" })
	void aLimitThatIsTooSmallIsNamedInOneLineWithTheMinimum(String profiles) {
		assertThat(MemoryLimit.flaw(profiles, 255 * MIB))
			.hasValueSatisfying((line) -> assertThat(line).contains("255 MiB", "256 MiB").hasLineCount(1));
	}

	@Test
	void aLimitThatIsLargeEnoughIsAccepted() {
		assertThat(MemoryLimit.flaw("container", 256 * MIB)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "local", "local,tracing", "container-like" })
	void processesThatAreNotInAContainerHaveNoMinimum(String profiles) {
		assertThat(MemoryLimit.flaw(profiles, MIB)).isEmpty();
	}

}
