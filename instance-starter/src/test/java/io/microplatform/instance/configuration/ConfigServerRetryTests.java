package io.microplatform.instance.configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoaderInterceptor;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The retries themselves are tested in the gateway, with real servers.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigServerRetryTests {

	private final DefaultBootstrapContext bootstrap = new DefaultBootstrapContext();

	@Test
	void anInstanceWithAConfigClientRetries() {
		new ConfigServerRetry().initialize(this.bootstrap);
		assertThat(this.bootstrap.get(LoaderInterceptor.class)).isInstanceOf(ConfigServerRetry.Interceptor.class);
	}

	@Test
	void anInstanceWithoutAConfigClientDoesNot() {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(new FilteredClassLoader("org.springframework.cloud.config.client"));
		try {
			new ConfigServerRetry().initialize(this.bootstrap);
		}
		finally {
			thread.setContextClassLoader(before);
		}
		assertThat(this.bootstrap.isRegistered(LoaderInterceptor.class)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "http://127.0.0.1:1, ${nothing}, platform.config.password is missing",
			"http://127.0.0.1:1, tooshort, platform.config.password has fewer than 16 characters",
			"${platform.config.uri}, sixteen-letters!, Missing property ${platform.config.uri}" })
	void aMissingPropertyStopsTheStart(String uri, String password, String message, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE)
				.run("--spring.config.import=configserver:", "--spring.cloud.config.uri=" + uri,
						"--spring.cloud.config.password=" + password))
			.withMessage(message);
		assertThat(output).contains(message).doesNotContain("tooshort", "sixteen-letters!");
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
