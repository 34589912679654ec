package io.microplatform.starter.json;

import org.junit.jupiter.api.Test;
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
