package io.microplatform.instance.bus;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.stream.binder.DefaultBinderFactory;
import org.springframework.cloud.stream.binder.kafka.provisioning.KafkaTopicProvisioner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Lets an instance start while the broker is away. The binder would ask for a topic's
 * partitions eleven times before it gave up, each time for as long as a consumer's and
 * then an administrator's {@code default.api.timeout.ms}, and nothing else would go on
 * meanwhile. What it could not bind it tries again anyway, in the background
 * ({@code spring.cloud.stream.binding-retry-interval}).
 */
@AutoConfiguration
@ConditionalOnClass(KafkaTopicProvisioner.class)
public class BrokerAwayAutoConfiguration {

	@Bean
	DefaultBinderFactory.Listener onceIsEnough() {
		return (name, binder) -> binder.getBeanProvider(KafkaTopicProvisioner.class)
			.ifAvailable((provisioner) -> provisioner
				.setMetadataRetryOperations(new RetryTemplate(RetryPolicy.builder().maxRetries(0).build())));
	}

}
