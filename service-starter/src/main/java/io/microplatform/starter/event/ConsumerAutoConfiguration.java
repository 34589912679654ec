package io.microplatform.starter.event;

import java.time.Duration;
import java.util.function.BiFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.cloud.stream.binder.DefaultBinderFactory;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.cloud.stream.binder.kafka.ListenerContainerWithDlqAndRetryCustomizer;
import org.springframework.cloud.stream.binder.kafka.provisioning.KafkaTopicProvisioner;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.backoff.BackOff;

/**
 * {@link AutoConfiguration} for retries, dead letters, acknowledgements and late binding
 * of every consumer, whatever its binding says.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnClass(KafkaMessageChannelBinder.class)
@EnableConfigurationProperties(ConsumerProperties.class)
public class ConsumerAutoConfiguration {

	/**
	 * Acknowledging each event would cost the broker as much as the event itself. What a
	 * crash leaves unacknowledged comes again, and the inbox knows it.
	 */
	private static final Duration ACKNOWLEDGED_EVERY = Duration.ofSeconds(1);

	@Bean
	ConsumerFailures consumerFailures(Refreshable<ConsumerProperties> properties, KafkaOperations<byte[], byte[]> kafka,
			TaskScheduler taskScheduler, MeterRegistry registry) {
		return new ConsumerFailures(properties, new DeadLetterPublisher(kafka),
				new ListenerContainerPauseService(null, taskScheduler), registry);
	}

	@Bean
	ListenerContainerWithDlqAndRetryCustomizer containers(ConsumerFailures failures) {
		return new InTheContainer(failures);
	}

	/** The binder's own conversion fails on headers that it does not expect. */
	@Bean
	ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>> eventMessages() {
		EventMessageConverter converter = new EventMessageConverter();
		return (endpoint, destination, group) -> endpoint.setRecordMessageConverter(converter);
	}

	/**
	 * A service starts while the broker is unavailable. By default the binder asks for
	 * the partitions of a topic eleven times before it gives up, and the start waits.
	 * What it did not bind, it binds later in the background
	 * ({@code spring.cloud.stream.binding-retry-interval}).
	 */
	@Bean
	DefaultBinderFactory.Listener bindingWithoutRetries() {
		return (name, binder) -> binder.getBeanProvider(KafkaTopicProvisioner.class)
			.ifAvailable((provisioner) -> provisioner
				.setMetadataRetryOperations(new RetryTemplate(RetryPolicy.builder().maxRetries(0).build())));
	}

	/**
	 * Takes retries out of the binding, where a retried message holds up the consumer's
	 * thread until it is thrown out of its group.
	 */
	private record InTheContainer(CommonErrorHandler handler) implements ListenerContainerWithDlqAndRetryCustomizer {

		@Override
		public boolean retryAndDlqInBinding(String destination, String group) {
			return false;
		}

		@Override
		public void configure(AbstractMessageListenerContainer<?, ?> container, String destination, String group,
				@Nullable BiFunction<ConsumerRecord<?, ?>, Exception, TopicPartition> bindingsDeadLetters,
				@Nullable BackOff bindingsBackOff) {
			container.setCommonErrorHandler(this.handler);
			ContainerProperties acknowledging = container.getContainerProperties();
			acknowledging.setAckMode(ContainerProperties.AckMode.TIME);
			acknowledging.setAckTime(ACKNOWLEDGED_EVERY.toMillis());
			acknowledging.setPollTimeout(ACKNOWLEDGED_EVERY.toMillis());
		}

	}

}
