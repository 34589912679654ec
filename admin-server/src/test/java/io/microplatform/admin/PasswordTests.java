package io.microplatform.admin;

import io.microplatform.instance.secret.SecretsAutoConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordTests {

	private final WebApplicationContextRunner server = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class))
		.withUserConfiguration(SecurityConfiguration.class);

	@ParameterizedTest
	@ValueSource(strings = { "", "changeme", "fifteen-letters" })
	void doesNotStartWithUnsafePasswords(String password) {
		this.server
			.withPropertyValues("platform.admin-server.password=" + password,
					"platform.management.password=" + password)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContainingAll("platform.admin-server.password ", "platform.management.password "));
	}

}
