package io.microplatform.instance.limit;

import java.time.Clock;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetricsPublisher;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.secret.RequiredSecret;
import io.microplatform.instance.time.ClockAutoConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link RateLimiter} of an
 * application with Bucket4j. Without {@code platform.redis.host}, each instance applies
 * its limits locally.
 */
@AutoConfiguration(after = { DataRedisAutoConfiguration.class, ClockAutoConfiguration.class },
		afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass({ Bucket4jLettuce.class, Caffeine.class, CircuitBreaker.class, DataRedisAutoConfiguration.class,
		LettuceConnectionFactory.class, MeterRegistry.class, RedisClient.class,
		TaggedCircuitBreakerMetricsPublisher.class })
@EnableConfigurationProperties(RateLimiterProperties.class)
public class RateLimiterAutoConfiguration {

	private static final String HOST = "platform.redis.host";

	@Bean
	RateLimiter rateLimiter(@Value("${spring.application.name}") String application,
			Refreshable<RateLimiterProperties> properties, ObjectProvider<LettuceConnectionFactory> connections,
			Environment environment, Clock clock, MeterRegistry meters) {
		@Nullable LettuceConnectionFactory factory = environment.containsProperty(HOST) ? connections.getIfAvailable() : null;
		return new RateLimiter(application, properties, (factory != null) ? client(factory) : null, clock, meters);
	}

	/** Returns a supplier that must not be called before the factory has started. */
	private static Supplier<RedisClient> client(LettuceConnectionFactory factory) {
		return () -> (RedisClient) factory.getRequiredNativeClient();
	}

	/** Connects to Redis before the first request, which would otherwise take longer. */
	@Bean
	ApplicationListener<ApplicationReadyEvent> rateLimiterConnection(RateLimiter limiter) {
		return (ready) -> limiter.connect();
	}

	@Bean
	@ConditionalOnProperty(HOST)
	static RequiredSecret rateLimiterPassword() {
		return new RequiredSecret("platform.redis.password");
	}

}
