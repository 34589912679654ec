package io.microplatform.starter.cache;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.ClientOptions;
import io.microplatform.instance.configuration.RefreshablePropertiesAutoConfiguration;
import io.microplatform.instance.redis.RedisClientAutoConfiguration;
import io.microplatform.instance.time.ClockAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

class CacheAutoConfigurationTests {

	private final ApplicationContextRunner withoutRedis = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(CacheAutoConfiguration.class, RefreshablePropertiesAutoConfiguration.class,
					ClockAutoConfiguration.class, JacksonAutoConfiguration.class, MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class));

	private final ApplicationContextRunner contexts = this.withoutRedis
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisClientAutoConfiguration.class))
		.withPropertyValues("spring.application.name=order-service", "platform.cache.time-to-live=30s",
				"platform.cache.load-time=5s", "platform.cache.pause-after-failure=1s");

	@Test
	void aServiceWithRedisHasCaches() {
		this.contexts.run((context) -> assertThat(context).hasSingleBean(ReadCaches.class)
			.hasSingleBean(CacheRecovery.class)
			.getBean(CacheRecovery.class)
			.returns(true, CacheRecovery::isRunning));
	}

	@Test
	void aRedisThatIsAwayRefusesAtOnce() {
		this.contexts.run((context) -> assertThat(
				context.getBean(LettuceConnectionFactory.class).getClientConfiguration().getClientOptions())
			.map(ClientOptions::getDisconnectedBehavior)
			.contains(DisconnectedBehavior.REJECT_COMMANDS));
	}

	@Test
	void withoutAClientOfRedisThereIsNone() {
		this.contexts.withClassLoader(new FilteredClassLoader("org.springframework.data.redis"))
			.run(CacheAutoConfigurationTests::assertOff);
	}

	@Test
	void withoutAConnectionToRedisThereIsNone() {
		this.withoutRedis.run(CacheAutoConfigurationTests::assertOff);
	}

	@ParameterizedTest
	@CsvSource({ "time-to-live, timeToLive", "load-time, loadTime", "pause-after-failure, pauseAfterFailure" })
	void aTimeThatIsNoneStopsTheStart(String property, String field) {
		for (String value : new String[] { "", "-1s" }) {
			this.contexts.withPropertyValues("platform.cache." + property + "=" + value)
				.run((context) -> assertThat(context).getFailure()
					.hasStackTraceContaining("'platform.cache' on field '" + field + "'"));
		}
	}

	private static void assertOff(AssertableApplicationContext context) {
		assertThat(context).hasNotFailed()
			.doesNotHaveBean(ReadCaches.class)
			.doesNotHaveBean(CacheRecovery.class)
			.doesNotHaveBean(CacheProperties.class)
			.doesNotHaveBean("refuseWhileDisconnected");
	}

}
