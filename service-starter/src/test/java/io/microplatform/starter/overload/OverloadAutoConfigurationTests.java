package io.microplatform.starter.overload;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.RefreshablePropertiesAutoConfiguration;
import io.microplatform.starter.problem.ProblemAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class OverloadAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(OverloadAutoConfiguration.class,
			RefreshablePropertiesAutoConfiguration.class, ProblemAutoConfiguration.class,
			JacksonAutoConfiguration.class, NoopTracerAutoConfiguration.class);

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(CONFIGURATIONS)
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

	@Test
	void limitsTheRequestsOfAWebApplication() {
		this.web.withPropertyValues("platform.overload.max-in-progress=10").run((context) -> {
			assertThat(context).hasBean("inProgressFilter");
			InProgress requests = context.getBean(InProgress.class);
			for (int i = 0; i < 10; i++) {
				assertThat(requests.begin()).isTrue();
			}
			assertThat(requests.begin()).isFalse();
			assertThat(requests.whileReleased(requests::begin)).isTrue();
			assertThat(context.getBean(MeterRegistry.class).get("requests.in.progress").gauge().value()).isEqualTo(10);
			// The request that has waited no longer counts.
			requests.end();
			assertThat(requests.begin()).isFalse();
			requests.end();
			assertThat(requests.begin()).isTrue();
		});
	}

	@Test
	void isOffInAnApplicationThatIsNotAWebApplication() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(InProgress.class)
				.doesNotHaveBean(OverloadProperties.class)
				.doesNotHaveBean("inProgressFilter"));
	}

	@Test
	void aMissingLimitFailsTheStart() {
		this.web.run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("'platform.overload' on field 'maxInProgress'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "9", "-1" })
	void anInvalidLimitFailsTheStart(String value) {
		this.web.withPropertyValues("platform.overload.max-in-progress=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'platform.overload' on field 'maxInProgress'"));
	}

}
