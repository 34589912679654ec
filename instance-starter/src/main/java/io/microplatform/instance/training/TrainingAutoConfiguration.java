package io.microplatform.instance.training;

import java.util.Objects;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * {@link AutoConfiguration Auto-configuration} of the training run of an ahead-of-time
 * cache, which {@code -Dplatform.training=true} starts instead of the application.
 */
@AutoConfiguration(before = LifecycleAutoConfiguration.class)
@ConditionalOnProperty("platform.training")
public class TrainingAutoConfiguration {

	@Bean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)
	DefaultLifecycleProcessor trainingLifecycleProcessor() {
		return new TrainingLifecycleProcessor();
	}

	@Bean
	TrainingRun trainingRun(WebServerApplicationContext context, ObjectProvider<TrainingCall> calls,
			ObjectProvider<TrainingIdentity> identity) {
		// As Spring does for spring.context.exit=onRefresh: nothing is closed, because
		// nothing was used.
		return new TrainingRun(() -> Objects.requireNonNull(context.getWebServer(), "no web server").getPort(),
				calls.orderedStream().toList(), identity.getIfAvailable(), () -> Runtime.getRuntime().halt(0));
	}

}
