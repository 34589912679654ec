package io.microplatform.starter.event;

import java.time.Duration;
import java.util.function.BiFunction;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Live;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.cloud.stream.binder.kafka.ListenerContainerWithDlqAndRetryCustomizer;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ListenerContainerPauseService;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.util.backoff.BackOff;

/**
 * {@link AutoConfiguration} for retries, dead letters and acknowledgements of every
 * consumer, whatever its binding says.
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
	ConsumerFailures consumerFailures(Live<ConsumerProperties> properties, KafkaOperations<byte[], byte[]> kafka,
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
		return (endpoint, destination, group) -> {
			if (readsEvents(group)) {
				endpoint.setRecordMessageConverter(converter);
			}
		};
	}

	/**
	 * Whether a binding with that group reads events. A binding without a group is for
	 * one instance alone: that of the bus, whose messages have a form of their own and
	 * become useless within seconds, so that none of them becomes a dead letter.
	 */
	private static boolean readsEvents(@Nullable String group) {
		return group != null && !group.isBlank() && !group.startsWith("anonymous.");
	}

	/**
	 * Takes retries out of the binding, where a retried message holds up the consumer's
	 * thread until it is thrown out of its group.
	 */
	private record InTheContainer(CommonErrorHandler handler) implements ListenerContainerWithDlqAndRetryCustomizer {

		@Override
		public boolean retryAndDlqInBinding(String destination, String group) {
			return !readsEvents(group);
		}

		@Override
		public void configure(AbstractMessageListenerContainer<?, ?> container, String destination, String group,
				@Nullable BiFunction<ConsumerRecord<?, ?>, Exception, TopicPartition> bindingsDeadLetters,
				@Nullable BackOff bindingsBackOff) {
			if (!readsEvents(group)) {
				return;
			}
			container.setCommonErrorHandler(this.handler);
			ContainerProperties acknowledging = container.getContainerProperties();
			acknowledging.setAckMode(ContainerProperties.AckMode.TIME);
			acknowledging.setAckTime(ACKNOWLEDGED_EVERY.toMillis());
			acknowledging.setPollTimeout(ACKNOWLEDGED_EVERY.toMillis());
		}

	}

}
