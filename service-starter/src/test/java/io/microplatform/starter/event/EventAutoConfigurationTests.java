package io.microplatform.starter.event;

import io.microplatform.instance.configuration.RefreshablePropertiesAutoConfiguration;
import io.microplatform.instance.time.ClockAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.function.cloudevent.CloudEventsFunctionExtensionConfiguration;
import org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration;
import org.springframework.cloud.stream.config.BindingServiceConfiguration;
import org.springframework.cloud.stream.function.FunctionConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which beans there are. Nothing here connects: the database is none, and without a
 * binding no binder is made.
 */
class EventAutoConfigurationTests {

	private static final AutoConfigurations MESSAGES = AutoConfigurations.of(IntegrationAutoConfiguration.class,
			ContextFunctionCatalogAutoConfiguration.class, CloudEventsFunctionExtensionConfiguration.class,
			FunctionConfiguration.class, BindingServiceConfiguration.class);

	private static final AutoConfigurations DATABASE = AutoConfigurations.of(DataSourceAutoConfiguration.class,
			DataSourceTransactionManagerAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
			JdbcClientAutoConfiguration.class);

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EventAutoConfiguration.class,
				RefreshablePropertiesAutoConfiguration.class, ClockAutoConfiguration.class,
				JacksonAutoConfiguration.class, BraveAutoConfiguration.class, MetricsAutoConfiguration.class,
				SimpleMetricsExportAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
				"spring.datasource.hikari.connection-timeout=250");

	private final ApplicationContextRunner contexts = this.bare.withConfiguration(MESSAGES)
		.withConfiguration(DATABASE)
		.withPropertyValues("spring.application.name=order-service", "platform.outbox.poll-interval=1s",
				"platform.outbox.linger=50ms", "platform.outbox.batch-size=100", "platform.outbox.batch-time=1s",
				"platform.outbox.max-attempts=3", "platform.outbox.retry-delay=1s", "platform.outbox.retention=1d",
				"platform.inbox.retention=40d");

	@Test
	void aServiceWithDatabaseAndMessagesHasOutboxAndInbox() {
		this.contexts.run((context) -> assertThat(context).hasSingleBean(Outbox.class)
			.hasSingleBean(OutboxRelay.class)
			.hasSingleBean(Inbox.class));
	}

	@Test
	void withoutADatabaseThereIsNeither() {
		this.bare.withConfiguration(MESSAGES).run(EventAutoConfigurationTests::assertOff);
	}

	@Test
	void withoutMessagesThereIsNeither() {
		this.bare.withConfiguration(DATABASE).run(EventAutoConfigurationTests::assertOff);
	}

	@Test
	void withoutJdbcThereIsNeither() {
		this.bare.withConfiguration(MESSAGES)
			.withClassLoader(new FilteredClassLoader("org.springframework.jdbc"))
			.run(EventAutoConfigurationTests::assertOff);
	}

	@Test
	void withoutSpringCloudStreamThereIsNeither() {
		this.bare.withConfiguration(DATABASE)
			.withClassLoader(new FilteredClassLoader("org.springframework.cloud.stream"))
			.run(EventAutoConfigurationTests::assertOff);
	}

	@ParameterizedTest
	@CsvSource({ "poll-interval, '', pollInterval", "batch-size, 0, batchSize", "batch-size, 10001, batchSize",
			"batch-time, '', batchTime", "linger, '', linger", "linger, 1001ms, linger" })
	void aValueThatIsNoneStopsTheStart(String property, String value, String field) {
		this.contexts.withPropertyValues("platform.outbox." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'platform.outbox' on field '" + field + "'"));
	}

	private static void assertOff(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed()
			.doesNotHaveBean(Outbox.class)
			.doesNotHaveBean(OutboxRelay.class)
			.doesNotHaveBean(Inbox.class)
			.doesNotHaveBean(OutboxProperties.class);
	}

}
