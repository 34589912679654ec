package io.microplatform.instance.management;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.microplatform.instance.secret.SecretsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class ManagementCredentialTests {

	private static final String PASSWORD = "sixteen-letters!";

	private final ManagementCredential credential = new ManagementCredential(
			new MockEnvironment().withProperty(ManagementCredential.PASSWORD, PASSWORD));

	@ParameterizedTest
	@ValueSource(strings = { "Basic ", "basic " })
	void acceptsUserAndPassword(String scheme) {
		assertThat(this.credential.isIn(scheme + encoded("management:" + PASSWORD))).isTrue();
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "Basic", "Basic ", "Basic bWFuYWdlbWVudDo=", "Bearer sixteen-letters!", "sixteen" })
	void rejectsOtherValues(String authorization) {
		assertThat(this.credential.isIn(authorization)).isFalse();
	}

	@Test
	void rejectsAnotherUser() {
		assertThat(this.credential.isIn("Basic " + encoded("platform:" + PASSWORD))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "management:", "management:null", ":" })
	void rejectsEveryValueWithoutAPassword(String userAndPassword) {
		assertThat(new ManagementCredential(new MockEnvironment()).isIn("Basic " + encoded(userAndPassword))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "changeme", "false", "fifteen-letters" })
	void anUnsafePasswordStopsTheStart(String password) {
		contexts().withPropertyValues(ManagementCredential.PASSWORD + "=" + password)
			.run((context) -> assertThat(context).getFailure().hasMessageStartingWith("platform.management.password "));
	}

	@Test
	void startsWithoutAPassword() {
		contexts().run((context) -> assertThat(context).hasSingleBean(ManagementCredential.class));
	}

	private static ApplicationContextRunner contexts() {
		return new ApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(SecretsAutoConfiguration.class, ManagementAutoConfiguration.class));
	}

	private static String encoded(String credentials) {
		return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

}
