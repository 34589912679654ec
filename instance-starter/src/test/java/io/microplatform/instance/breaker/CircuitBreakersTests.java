package io.microplatform.instance.breaker;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.microplatform.instance.breaker.CircuitBreakerProperties.Rule;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.configuration.RefreshablePropertiesAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class CircuitBreakersTests {

	private static final String HOP = "platform.circuit-breakers.hops[user-service.names].";

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(RefreshablePropertiesAutoConfiguration.class,
				CircuitBreakersAutoConfiguration.class))
		.withUserConfiguration(Registries.class)
		.withPropertyValues("platform.circuit-breakers.defaults.time-limit=13s",
				"platform.circuit-breakers.defaults.max-concurrent=400",
				"platform.circuit-breakers.defaults.failure-rate=50", "platform.circuit-breakers.defaults.window=10s",
				"platform.circuit-breakers.defaults.minimum-calls=2", "platform.circuit-breakers.defaults.open-time=2s",
				"platform.circuit-breakers.defaults.half-open-calls=5");

	@Test
	void aHopDiffersFromTheDefaultsInWhatIsListed() {
		this.contexts.withPropertyValues(HOP + "time-limit=250ms", HOP + "max-concurrent=20").run((context) -> {
			CircuitBreakers breakers = context.getBean(CircuitBreakers.class);
			assertThat(breakers.of("user-service.names")).isEqualTo(
					new Rule(Duration.ofMillis(250), 20, 50, Duration.ofSeconds(10), 2, Duration.ofSeconds(2), 5));
			assertThat(breakers.of("user-service.others")).isEqualTo(
					new Rule(Duration.ofSeconds(13), 400, 50, Duration.ofSeconds(10), 2, Duration.ofSeconds(2), 5));
		});
	}

	@Test
	void theRegistriesHaveTheRule() {
		this.contexts.withPropertyValues(HOP + "time-limit=250ms", HOP + "max-concurrent=20").run((context) -> {
			context.getBean(CircuitBreakers.class).of("user-service.names");
			assertThat(context.getBean(CircuitBreakerRegistry.class).find("user-service.names"))
				.hasValueSatisfying((breaker) -> {
					assertThat(breaker.getCircuitBreakerConfig().getMinimumNumberOfCalls()).isEqualTo(2);
					assertThat(breaker.getTags()).isEqualTo(Map.of("group", "user-service.names"));
				});
			assertThat(context.getBean(BulkheadRegistry.class).find("user-service.names")).hasValueSatisfying(
					(bulkhead) -> assertThat(bulkhead.getBulkheadConfig().getMaxConcurrentCalls()).isEqualTo(20));
			assertThat(context.getBean(TimeLimiterRegistry.class).find("user-service.names"))
				.hasValueSatisfying((limiter) -> assertThat(limiter.getTimeLimiterConfig().getTimeoutDuration())
					.isEqualTo(Duration.ofMillis(250)));
		});
	}

	@Test
	void aRuleThatHasNotChangedKeepsItsCircuitBreaker() {
		this.contexts.run((context) -> {
			CircuitBreakers breakers = context.getBean(CircuitBreakers.class);
			breakers.of("user-service.names");
			CircuitBreaker first = context.getBean(CircuitBreakerRegistry.class).circuitBreaker("user-service.names");
			breakers.of("user-service.names");
			assertThat(context.getBean(CircuitBreakerRegistry.class).circuitBreaker("user-service.names"))
				.isSameAs(first);
		});
	}

	@Test
	void onlyFailuresThatSayNothingOfTheServiceDoNotCount() {
		this.contexts.run((context) -> {
			context.getBean(CircuitBreakers.class).of("user-service.names");
			CircuitBreaker breaker = context.getBean(CircuitBreakerRegistry.class).circuitBreaker("user-service.names");
			BulkheadFullException full = BulkheadFullException
				.createBulkheadFullException(context.getBean(BulkheadRegistry.class).bulkhead("user-service.names"));
			for (int i = 0; i < 10; i++) {
				fail(breaker, full);
				fail(breaker, new IllegalStateException("said to be ignored"));
			}
			assertThat(breaker.getMetrics().getNumberOfBufferedCalls()).isZero();
			fail(breaker, new IOException("broken connection"));
			fail(breaker, new IOException("broken connection"));
			assertThat(breaker.getState()).isEqualTo(State.OPEN);
		});
	}

	private static void fail(CircuitBreaker breaker, Exception failure) {
		breaker.acquirePermission();
		breaker.onError(1, breaker.getTimestampUnit(), failure);
	}

	@ParameterizedTest
	@CsvSource({ "defaults.time-limit=1ms, defaults.timeLimit", "defaults.max-concurrent=0, defaults.maxConcurrent",
			"defaults.failure-rate=101, defaults.failureRate", "defaults.window=500ms, defaults.window",
			"defaults.minimum-calls=0, defaults.minimumCalls", "defaults.open-time=0s, defaults.openTime",
			"defaults.half-open-calls=0, defaults.halfOpenCalls", "hops[a.b].failure-rate=0, hops[a.b].failureRate",
			"hops[a.b].window=1h, hops[a.b].window" })
	void anInvalidRuleStopsTheStartAndIsNamed(String property, String named) {
		this.contexts.withPropertyValues("platform.circuit-breakers." + property)
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining(named));
	}

	@Test
	void anInstanceWithoutCircuitBreakersNeedsNoRules() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(RefreshablePropertiesAutoConfiguration.class,
					CircuitBreakersAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(BulkheadRegistry.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(CircuitBreakers.class)
				.doesNotHaveBean(Refreshable.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Registries {

		@Bean
		CircuitBreakerRegistry breakers() {
			return CircuitBreakerRegistry.ofDefaults();
		}

		@Bean
		BulkheadRegistry bulkheads() {
			return BulkheadRegistry.ofDefaults();
		}

		@Bean
		TimeLimiterRegistry timeLimiters() {
			return TimeLimiterRegistry.ofDefaults();
		}

		@Bean
		IgnoredFailures illegalStates() {
			return (failure) -> failure instanceof IllegalStateException;
		}

	}

}
