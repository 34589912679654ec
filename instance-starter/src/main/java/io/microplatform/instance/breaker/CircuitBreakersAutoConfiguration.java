package io.microplatform.instance.breaker;

import java.util.List;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.microplatform.instance.configuration.Refreshable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * {@link AutoConfiguration Auto-configuration} for {@link CircuitBreakers}, in an
 * application with the circuit breakers of Spring Cloud and Resilience4j. Spring Cloud
 * configures their meters.
 */
@AutoConfiguration(afterName = { "io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadAutoConfiguration",
		"io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration",
		"io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterAutoConfiguration" })
@ConditionalOnClass({ BulkheadRegistry.class, CircuitBreakerRegistry.class, TimeLimiterRegistry.class })
@ConditionalOnBean({ BulkheadRegistry.class, CircuitBreakerRegistry.class, TimeLimiterRegistry.class })
@EnableConfigurationProperties(CircuitBreakerProperties.class)
public class CircuitBreakersAutoConfiguration {

	@Bean
	CircuitBreakers circuitBreakers(Refreshable<CircuitBreakerProperties> properties, CircuitBreakerRegistry breakers,
			BulkheadRegistry bulkheads, TimeLimiterRegistry timeLimiters, ObjectProvider<IgnoredFailures> ignored) {
		List<IgnoredFailures> all = ignored.orderedStream().toList();
		return new CircuitBreakers(properties, breakers, bulkheads, timeLimiters,
				(failure) -> all.stream().anyMatch((some) -> some.ignores(failure)));
	}

}
