package io.microplatform.config.snapshot;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigPropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@ParameterizedTest
	@ValueSource(strings = { "platform.config.snapshots=", "platform.config.other=1" })
	void refusesToStartWithoutSnapshots(String property) {
		this.context.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("platform.config.snapshots must name a directory"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "platform.config.kept-versions=1", "platform.config.other=1" })
	void refusesToStartWithoutAVersionToReturnTo(String property) {
		this.context.withPropertyValues("platform.config.snapshots=/tmp", property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("platform.config.kept-versions must be at least 2"));
	}

	@Test
	void startsWithSnapshots() {
		this.context.withPropertyValues("platform.config.snapshots=/tmp", "platform.config.kept-versions=2")
			.run((context) -> assertThat(context.getBean(ConfigProperties.class).snapshots()).hasToString("/tmp"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ConfigProperties.class)
	static class Properties {

	}

}
