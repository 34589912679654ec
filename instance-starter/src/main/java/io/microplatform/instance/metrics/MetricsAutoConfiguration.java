package io.microplatform.instance.metrics;

import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * {@link AutoConfiguration Auto-configuration} for the meters that every instance has.
 */
@AutoConfiguration
@ConditionalOnClass(MeterBinder.class)
public class MetricsAutoConfiguration {

	@Bean
	BuildInfoMetrics buildInfoMetrics(Environment environment) {
		return new BuildInfoMetrics(environment);
	}

}
