package io.microplatform.starter.idempotency;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.RefreshablePropertiesAutoConfiguration;
import io.microplatform.instance.time.ClockAutoConfiguration;
import io.microplatform.starter.background.ExpiredRows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class IdempotencyAutoConfigurationTests {

	private static final AutoConfigurations ALWAYS = AutoConfigurations.of(IdempotencyAutoConfiguration.class,
			RefreshablePropertiesAutoConfiguration.class, ClockAutoConfiguration.class, JacksonAutoConfiguration.class);

	private static final AutoConfigurations DATABASE = AutoConfigurations.of(DataSourceAutoConfiguration.class,
			JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class);

	/** Nothing connects before it is used. */
	private static final String[] PROPERTIES = { "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
			"platform.idempotency.expiry=24h", "platform.idempotency.twin-wait=2s",
			"platform.idempotency.idle-timeout=2s", "platform.idempotency.clean-up-interval=1m",
			"platform.idempotency.clean-up-batch=500" };

	private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(ALWAYS)
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues(PROPERTIES);

	@Test
	void aWebServiceWithADatabaseHasIt() {
		this.web.withConfiguration(DATABASE)
			.run((context) -> assertThat(context).hasSingleBean(Idempotency.class)
				.hasSingleBean(ExpiredRows.class)
				.hasSingleBean(RequestBytes.class)
				.hasBean("idempotentCallAsParameter"));
	}

	@Test
	void aWebServiceWithoutADatabaseDoesNot() {
		this.web
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(IdempotencyAutoConfiguration.class));
	}

	@Test
	void whatIsNoWebServiceDoesNot() {
		new ApplicationContextRunner().withConfiguration(ALWAYS)
			.withConfiguration(DATABASE)
			.withPropertyValues(PROPERTIES)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(IdempotencyAutoConfiguration.class));
	}

	@ParameterizedTest
	@CsvSource({ "expiry, 59s", "twin-wait, 6s", "twin-wait, -1s", "idle-timeout, 0s", "idle-timeout, 11s",
			"clean-up-interval, 0s", "clean-up-batch, 0", "expiry, ''" })
	void aValueThatMakesNoSenseStopsTheStartByName(String name, String value) {
		this.web.withConfiguration(DATABASE)
			.withPropertyValues("platform.idempotency." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("platform.idempotency")
				.hasMessageContaining(name));
	}

}
