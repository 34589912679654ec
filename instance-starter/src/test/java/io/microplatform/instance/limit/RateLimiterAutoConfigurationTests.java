package io.microplatform.instance.limit;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.RefreshablePropertiesAutoConfiguration;
import io.microplatform.instance.redis.RedisClientAutoConfiguration;
import io.microplatform.instance.secret.SecretsAutoConfiguration;
import io.microplatform.instance.time.ClockAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimiterAutoConfigurationTests {

	private static final Limit LIMIT = new Limit(1, Duration.ofDays(1), 2);

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RateLimiterAutoConfiguration.class, RedisClientAutoConfiguration.class,
				DataRedisAutoConfiguration.class, RefreshablePropertiesAutoConfiguration.class,
				SecretsAutoConfiguration.class, ClockAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("spring.application.name=api-gateway", "platform.rate-limiter.timeout=100ms",
				"platform.rate-limiter.pause-after-failure=1s", "platform.rate-limiter.local-subjects=1000");

	@Test
	void withoutRedisAnInstanceLimitsByItself() {
		this.contexts.run((context) -> assertLimits(context.getBean(RateLimiter.class)));
	}

	@Test
	void aRedisThatIsAwayStopsNeitherTheStartNorADecision() {
		this.contexts
			.withPropertyValues("platform.redis.host=127.0.0.1", "platform.redis.password=a-long-generated-secret",
					"spring.data.redis.host=127.0.0.1", "spring.data.redis.port=1",
					"spring.data.redis.connect-timeout=100ms")
			.run((context) -> assertLimits(context.getBean(RateLimiter.class)));
	}

	@Test
	void thePasswordOfRedisIsRequired() {
		this.contexts.withPropertyValues("platform.redis.host=127.0.0.1")
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("platform.redis.password"));
	}

	@Test
	void commandsAreRefusedUntilLettuceHasReconnectedWhichIsSoon() {
		this.contexts.run((context) -> {
			assertThat(context.getBean(LettuceConnectionFactory.class).getClientConfiguration().getClientOptions())
				.map(ClientOptions::getDisconnectedBehavior)
				.contains(DisconnectedBehavior.REJECT_COMMANDS);
			assertThat(context.getBean(ClientResources.class).reconnectDelay().createDelay(30))
				.isEqualTo(Duration.ofSeconds(1));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.github.bucket4j.redis", "io.lettuce", "org.springframework.data.redis" })
	void withoutItsLibrariesThereIsNone(String library) {
		this.contexts.withClassLoader(new FilteredClassLoader(library))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RateLimiter.class)
				.doesNotHaveBean(RateLimiterProperties.class));
	}

	@ParameterizedTest
	@CsvSource({ "timeout, '', timeout", "timeout, 0s, timeout", "pause-after-failure, '', pauseAfterFailure",
			"pause-after-failure, 1ms, pauseAfterFailure", "local-subjects, 0, localSubjects" })
	void aValueThatIsNoneStopsTheStart(String property, String value, String field) {
		this.contexts.withPropertyValues("platform.rate-limiter." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("'platform.rate-limiter' on field '" + field + "'"));
	}

	private static void assertLimits(RateLimiter limiter) {
		assertThat(limiter.take("users", "1", LIMIT).join().permitted()).isTrue();
		assertThat(limiter.take("users", "1", LIMIT).join().permitted()).isTrue();
		assertThat(limiter.take("users", "1", LIMIT).join().permitted()).isFalse();
		assertThat(limiter.take("users", "2", LIMIT).join().permitted()).isTrue();
	}

}
