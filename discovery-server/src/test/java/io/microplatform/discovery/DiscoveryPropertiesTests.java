package io.microplatform.discovery;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class DiscoveryPropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withUserConfiguration(Properties.class);

	@Test
	void refusesToStartWithoutPassword() {
		this.context.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("platform.discovery.password"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "platform", "fifteen-letters" })
	void refusesToStartWithShortPasswordAndDoesNotTellIt(String password) {
		this.context.withPropertyValues("platform.discovery.password=" + password)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("platform.discovery.password must have at least 16 characters"));
	}

	@Test
	void takesLongPasswordAndDoesNotPrintIt() {
		this.context.withPropertyValues("platform.discovery.password=sixteen-letters!")
			.run((context) -> assertThat(context.getBean(DiscoveryProperties.class))
				.satisfies((properties) -> assertThat(properties.password()).isEqualTo("sixteen-letters!"))
				.asString()
				.doesNotContain("sixteen"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(DiscoveryProperties.class)
	static class Properties {

	}

}
