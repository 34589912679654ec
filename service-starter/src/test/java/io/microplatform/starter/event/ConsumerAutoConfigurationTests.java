package io.microplatform.starter.event;

import io.microplatform.instance.configuration.RefreshablePropertiesAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.cloud.stream.binder.kafka.ListenerContainerWithDlqAndRetryCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which beans there are. Nothing here connects.
 */
class ConsumerAutoConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConsumerAutoConfiguration.class,
				RefreshablePropertiesAutoConfiguration.class, KafkaAutoConfiguration.class,
				IntegrationAutoConfiguration.class, TaskSchedulingAutoConfiguration.class,
				MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues("platform.consumer.retry-delay=200ms", "platform.consumer.max-retry-delay=10s",
				"platform.consumer.give-up-after=40s");

	@Test
	void whoConsumesFromKafkaHandlesFailuresInTheContainer() {
		this.contexts.run((context) -> assertThat(context).getBean(ListenerContainerWithDlqAndRetryCustomizer.class)
			.matches((customizer) -> !customizer.retryAndDlqInBinding("orders", "user-service")));
	}

	@Test
	void withoutKafkasBinderThereIsNothingToHandle() {
		this.contexts.withClassLoader(new FilteredClassLoader(KafkaMessageChannelBinder.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ConsumerFailures.class)
				.doesNotHaveBean(ConsumerProperties.class));
	}

	@ParameterizedTest
	@CsvSource({ "retry-delay, 0ms, retryDelay", "retry-delay, '', retryDelay", "max-retry-delay, 0s, maxRetryDelay",
			"give-up-after, -1s, giveUpAfter", "give-up-after, '', giveUpAfter" })
	void aValueThatIsNoneStopsTheStart(String property, String value, String field) {
		this.contexts.withPropertyValues("platform.consumer." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'platform.consumer' on field '" + field + "'"));
	}

}
