package io.microplatform.user.account;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class AdministratorPropertiesTests {

	private final ApplicationContextRunner start = new ApplicationContextRunner()
		.withUserConfiguration(OnlyProperties.class);

	@Test
	void nobodyNeedsToBeNamed() {
		this.start.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource({ "platform.admin.email=ada, platform.admin.password=long-enough-to-be-safe, email",
			"platform.admin.email=, platform.admin.password=long-enough-to-be-safe, email",
			"platform.admin.email=ada@example.org, platform.admin.password=fifteen-letters, password",
			"platform.admin.email=ada@example.org, platform.other=1, platform.admin.password",
			"platform.other=1, platform.admin.password=long-enough-to-be-safe, platform.admin.email" })
	void whatIsNotValidStopsTheStartNamingTheProperty(String email, String password, String named) {
		this.start.withPropertyValues(email, password)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("platform.admin")
				.hasMessageContaining(named));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(AdministratorProperties.class)
	static class OnlyProperties {

	}

}
