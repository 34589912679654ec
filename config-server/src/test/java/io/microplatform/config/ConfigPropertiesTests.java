package io.microplatform.config;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigPropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void refusesToStartWithoutPassword() {
		this.context.withPropertyValues("platform.config.snapshots=/tmp")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("platform.config.password"));
	}

	@Test
	void refusesToStartWithShortPasswordAndDoesNotTellIt() {
		this.context.withPropertyValues("platform.config.snapshots=/tmp", "platform.config.password=fifteen-letters")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("platform.config.password must have at least 16 characters"));
	}

	@Test
	void refusesToStartWithoutSnapshots() {
		this.context.withPropertyValues("platform.config.password=sixteen-letters!")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("platform.config.snapshots"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(ConfigProperties.class)
	static class Properties {

	}

}
