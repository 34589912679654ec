package io.microplatform.instance.secret;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class SecretsAutoConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class));

	@Test
	void whoRequiresNoSecretStarts() {
		this.contexts.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void whoHasItsSecretsStarts() {
		this.contexts.withUserConfiguration(TwoSecrets.class)
			.withPropertyValues("platform.first.password=sixteen-letters!",
					"platform.second-one.password=another-random-one")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void nothingIsMadeBeforeAllSecretsAreSafe() {
		AtomicBoolean made = new AtomicBoolean();
		this.contexts.withUserConfiguration(TwoSecrets.class).withBean("user", Object.class, () -> {
			made.set(true);
			return new Object();
		})
			.withPropertyValues("platform.first.password=sixteen-letters!")
			.run((context) -> assertThat(context).getFailure().hasMessage("platform.second-one.password is missing"));
		assertThat(made).isFalse();
	}

	@Test
	void theReportSaysWhatToDoAndShowsNoValue(CapturedOutput output) {
		assertThatExceptionOfType(UnsafeSecretException.class)
			.isThrownBy(() -> new SpringApplicationBuilder(TwoSecrets.class).web(WebApplicationType.NONE)
				.run("--spring.cloud.config.enabled=false", "--platform.first.password=tooshort",
						"--platform.second-one.password=changeme"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("platform.first.password has fewer than 16 characters,"
					+ " platform.second-one.password is a well-known default.")
			.contains("PLATFORM_FIRST_PASSWORD, PLATFORM_SECONDONE_PASSWORD", "'openssl rand -hex 32'")
			.doesNotContain("tooshort", "changeme", "\tat ");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SecretsAutoConfiguration.class)
	static class TwoSecrets {

		@Bean
		static RequiredSecret first() {
			return new RequiredSecret("platform.first.password");
		}

		@Bean
		RequiredSecret second() {
			return new RequiredSecret("platform.second-one.password");
		}

	}

}
