package io.microplatform.user.account;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class AccountPropertiesTests {

	private static final String PROPERTY = "platform.accounts.default-credit-limit";

	private final ApplicationContextRunner start = new ApplicationContextRunner()
		.withUserConfiguration(OnlyProperties.class);

	@ParameterizedTest
	@ValueSource(strings = { "0", "0.01", "9999999999999.99", "1e12" })
	void aLimitThatAccountsCanHaveIsAccepted(String limit) {
		this.start.withPropertyValues(PROPERTY + "=" + limit).run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "-0.01", "0.001", "10000000000000", "1e13", "1e999999999", "1e2147483647", "0e2147483647",
			"1e-2147483647", "1e2147483648", "NaN", "" })
	void anyOtherIsRefusedByName(String limit) {
		this.start.withPropertyValues(PROPERTY + "=" + limit)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("platform.accounts"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(AccountProperties.class)
	static class OnlyProperties {

	}

}
