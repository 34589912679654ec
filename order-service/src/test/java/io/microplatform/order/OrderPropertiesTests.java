package io.microplatform.order;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class OrderPropertiesTests {

	private final ApplicationContextRunner start = new ApplicationContextRunner()
		.withUserConfiguration(OnlyProperties.class);

	@ParameterizedTest
	@ValueSource(strings = { "0.01", "9999999999999.99", "1e12" })
	void aMaximumThatOrdersCanHaveIsAccepted(String maximum) {
		this.start.withPropertyValues("platform.orders.max-amount=" + maximum)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "0.001", "1e13", "1e999999999", "1e2147483647", "1e-2147483647" })
	void anyOtherIsRefusedByName(String maximum) {
		this.start.withPropertyValues("platform.orders.max-amount=" + maximum)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("field 'maxAmount'"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(OrderProperties.class)
	static class OnlyProperties {

	}

}
