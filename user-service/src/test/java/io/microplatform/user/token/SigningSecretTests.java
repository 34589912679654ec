package io.microplatform.user.token;

import io.microplatform.instance.secret.SecretsAutoConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class SigningSecretTests {

	private final ApplicationContextRunner service = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class))
		.withUserConfiguration(TokenConfiguration.class);

	@ParameterizedTest
	@ValueSource(strings = { "", "changeme", "thirty-one characters, not more" })
	void withoutASafeSecretTheServiceDoesNotStart(String secret) {
		this.service.withPropertyValues("platform.tokens.secret=" + secret)
			.run((context) -> assertThat(context).getFailure().hasMessageStartingWith("platform.tokens.secret "));
	}

}
