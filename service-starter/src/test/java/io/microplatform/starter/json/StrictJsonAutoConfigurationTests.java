package io.microplatform.starter.json;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StrictJsonAutoConfigurationTests {

	private final ApplicationContextRunner withoutMapper = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(StrictJsonAutoConfiguration.class));

	private final ApplicationContextRunner contexts = this.withoutMapper
		.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class));

	@Test
	void theMapperOfTheServiceIsStrict() {
		this.contexts.run((context) -> assertThatExceptionOfType(JacksonException.class)
			.isThrownBy(() -> context.getBean(JsonMapper.class).readValue("1", String.class)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "22c0af22", "22eda08022", "2200312200", "0022004100220000", "fffe22004100220000" })
	void theBytesThatItReadsAreUtf8(String hex) {
		byte[] bytes = HexFormat.of().parseHex(hex);
		this.contexts.run((context) -> {
			JsonMapper json = context.getBean(JsonMapper.class);
			assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> json.readValue(bytes, String.class));
			assertThatExceptionOfType(JacksonException.class)
				.isThrownBy(() -> json.readValue(new ByteArrayInputStream(bytes), String.class));
		});
	}

	@Test
	void theTextThatItReadsIsAnyCharacters() {
		byte[] bytes = "\"aé€😀\"".getBytes(StandardCharsets.UTF_8);
		this.contexts.run((context) -> {
			JsonMapper json = context.getBean(JsonMapper.class);
			assertThat(json.readValue(bytes, String.class)).isEqualTo("aé€😀");
			assertThat(json.readValue(new String(bytes, StandardCharsets.UTF_8), String.class)).isEqualTo("aé€😀");
		});
	}

	@Test
	void withoutJacksonItIsNotThere() {
		this.contexts.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("strictJson"));
	}

	@Test
	void withoutBootsConfigurationOfItItIsNotThere() {
		this.withoutMapper.withClassLoader(new FilteredClassLoader("org.springframework.boot.jackson"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("strictJson"));
	}

}
