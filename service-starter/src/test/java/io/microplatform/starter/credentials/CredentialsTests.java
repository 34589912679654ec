package io.microplatform.starter.credentials;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class CredentialsTests {

	private static final String LONG_ENOUGH = "0123456789abcdef";

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CredentialsAutoConfiguration.class));

	@Test
	void withAllOfThemItStarts() {
		run("", "").run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "discovery", "config", "database", "redis", "kafka" })
	void aShortOneStopsTheStartByName(String which) {
		run(which, "changeme").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("platform")
			.hasMessageContaining(which + ".password"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "discovery", "config", "database", "redis", "kafka" })
	void aMissingOneStopsTheStartByName(String which) {
		run(which, null).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("platform")
			.hasMessageContaining(which));
	}

	private ApplicationContextRunner run(String which, @Nullable String password) {
		return this.contexts.withPropertyValues(Stream.of("discovery", "config", "database", "redis", "kafka")
			.filter((name) -> !name.equals(which) || password != null)
			.map((name) -> "platform." + name + ".password=" + (name.equals(which) ? password : LONG_ENOUGH))
			.toArray(String[]::new));
	}

}
