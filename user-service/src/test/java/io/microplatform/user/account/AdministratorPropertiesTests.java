package io.microplatform.user.account;

import io.microplatform.instance.secret.SecretsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class AdministratorPropertiesTests {

	private final ApplicationContextRunner start = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class))
		.withUserConfiguration(OnlyProperties.class, AdministratorConfiguration.class);

	@Test
	void nobodyNeedsToBeNamed() {
		this.start.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = {
			"platform.admin.email=ada, long-enough-to-be-safe, 'platform.admin' on field 'email'",
			"platform.admin.email=, long-enough-to-be-safe, 'platform.admin' on field 'email'",
			"platform.admin.email=a\u200bda@example.org, long-enough-to-be-safe, 'platform.admin' on field 'email'",
			"platform.admin.email=ada@example.org, fifteen-letters, platform.admin.password has fewer",
			"platform.admin.email=ada@example.org, changeme, platform.admin.password is a well-known",
			"platform.admin.email=ada@example.org, \"\", platform.admin.password is missing",
			"platform.other=1, long-enough-to-be-safe, platform.admin.email and platform.admin.password" })
	void whatIsNotValidStopsTheStartNamingTheProperty(String email, String password, String said) {
		this.start.withPropertyValues(email, "platform.admin.password=" + password)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(said));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void aPasswordThatIsTooLongForItsHashStopsTheStartAndIsNotShown(CapturedOutput output) {
		String password = "é".repeat(37);
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(OnlyProperties.class).web(WebApplicationType.NONE)
				.run("--spring.cloud.config.enabled=false", "--platform.config.import=",
						"--platform.admin.email=ada@example.org", "--platform.admin.password=" + password));
		assertThat(output).contains("platform.admin.password must have at most 72 bytes").doesNotContain(password);
	}

	@Test
	void aPasswordWithAControlCharacterStopsTheStart() {
		this.start
			.withPropertyValues("platform.admin.email=ada@example.org",
					"platform.admin.password=long enough\0to be safe")
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("no control, format or other invisible characters"));
	}

	@Test
	void aPasswordOf72BytesIsAccepted() {
		this.start
			.withPropertyValues("platform.admin.email=ada@example.org", "platform.admin.password=" + "é".repeat(36))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(AdministratorProperties.class)
	static class OnlyProperties {

	}

}
