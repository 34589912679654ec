package io.microplatform.instance.registry;

import io.microplatform.instance.secret.RequiredSecret;
import io.microplatform.instance.secret.SecretsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.cloud.netflix.eureka.config.DiscoveryClientOptionalArgsConfiguration;
import org.springframework.cloud.netflix.eureka.http.EurekaClientHttpRequestFactorySupplier;
import org.springframework.http.client.SimpleClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That it is off where Jersey is, is shown by the registry itself.
 */
class RegistryAutoConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SecretsAutoConfiguration.class, RegistryAutoConfiguration.class));

	@Test
	void theClientShowsThePasswordInsteadOfNone() {
		clients().run((context) -> assertThat(context).hasSingleBean(RequiredSecret.class)
			.getBean(EurekaClientHttpRequestFactorySupplier.class)
			.isInstanceOf(RegistryCredentials.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "platform.discovery.password=short", "platform.discovery.other=1" })
	void withoutASafePasswordNothingStarts(String property) {
		this.contexts.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("platform.discovery.password"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.0 beta", "V1", "1,2", "12345678901234567890123456789012345678901" })
	void asWhatCannotBeAReleaseNothingStarts(String release) {
		clients().withPropertyValues("platform.release=" + release)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("platform.release must be"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "eureka.client.enabled=false", "spring.cloud.discovery.enabled=false" })
	void whereTheRegistryIsSwitchedOffNoPasswordIsAskedFor(String property) {
		this.contexts.withPropertyValues(property).run(RegistryAutoConfigurationTests::assertOff);
	}

	@Test
	void withoutTheClientNoPasswordIsAskedFor() {
		this.contexts.withClassLoader(new FilteredClassLoader("org.springframework.cloud.netflix.eureka"))
			.run(RegistryAutoConfigurationTests::assertOff);
	}

	@Test
	void whoShowsSomethingElseIsLeftAlone() {
		this.contexts
			.withBean("other", EurekaClientHttpRequestFactorySupplier.class,
					() -> (sslContext, hostnameVerifier) -> new SimpleClientHttpRequestFactory())
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RegistryCredentials.class)
				.doesNotHaveBean(RequiredSecret.class));
	}

	private ApplicationContextRunner clients() {
		return this.contexts
			.withConfiguration(AutoConfigurations.of(DiscoveryClientOptionalArgsConfiguration.class,
					EurekaClientAutoConfiguration.class, UtilAutoConfiguration.class))
			.withPropertyValues("platform.discovery.password=sixteen-letters!", "eureka.client.fetch-registry=false",
					"eureka.client.register-with-eureka=false");
	}

	private static void assertOff(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed().doesNotHaveBean("registryCredentials").doesNotHaveBean(RequiredSecret.class);
	}

}
