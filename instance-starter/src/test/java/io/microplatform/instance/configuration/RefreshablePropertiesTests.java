package io.microplatform.instance.configuration;

import jakarta.validation.constraints.Min;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.validation.annotation.Validated;

import static org.assertj.core.api.Assertions.assertThat;

class RefreshablePropertiesTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RefreshablePropertiesAutoConfiguration.class))
		.withUserConfiguration(Enabled.class)
		.withPropertyValues("test.limits.most=7");

	@Test
	void theCurrentRecordIsInjected() {
		this.contexts.withBean(AsksEachTime.class)
			.run((context) -> assertThat(context).getBean(AsksEachTime.class)
				.extracting((bean) -> bean.limits().get().most())
				.isEqualTo(7));
	}

	@Test
	void theRecordItselfIsNotInjected() {
		this.contexts.withBean(KeepsTheFirst.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(NoSuchBeanDefinitionException.class,
						(ex) -> assertThat(ex.getBeanType()).isEqualTo(Limits.class)));
	}

	@Test
	void anInvalidRecordStopsTheStart() {
		this.contexts.withPropertyValues("test.limits.most=0")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("test.limits.most"));
	}

	@RefreshableProperties
	@Validated
	@ConfigurationProperties("test.limits")
	record Limits(@Min(1) int most) {
	}

	record AsksEachTime(Refreshable<Limits> limits) {
	}

	record KeepsTheFirst(Limits limits) {
	}

	@EnableConfigurationProperties(Limits.class)
	static class Enabled {

	}

}
