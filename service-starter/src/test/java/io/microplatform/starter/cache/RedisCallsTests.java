package io.microplatform.starter.cache;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import org.junit.jupiter.api.Test;

import org.springframework.dao.QueryTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

class RedisCallsTests {

	private static final CacheProperties PROPERTIES = new CacheProperties(Duration.ofSeconds(30), Duration.ofSeconds(5),
			Duration.ofSeconds(1));

	private volatile Instant now = Instant.EPOCH;

	private final InstantSource time = () -> this.now;

	private final Clock clock = this.time.withZone(ZoneOffset.UTC);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final RedisCalls calls = new RedisCalls("values", new Refreshable<>(PROPERTIES), this.clock, this.meters);

	@Test
	void entriesAreTrustedWithoutAFailure() {
		assertThat(this.calls.attempt(() -> "answer")).contains("answer");
		assertThat(this.calls.trustedFor()).isGreaterThan(PROPERTIES.timeToLive());
	}

	@Test
	void entriesAreTrustedWhenRedisHasAnsweredForTheRecoveryTime() {
		fail();
		pass(PROPERTIES.pauseAfterFailure().plusMillis(1));
		assertThat(this.calls.attempt(() -> "answer")).contains("answer");
		assertThat(this.calls.trustedFor()).isEqualTo(PROPERTIES.loadTime().minusMillis(1).negated());
		pass(PROPERTIES.loadTime());
		assertThat(this.calls.trustedFor()).isEqualTo(Duration.ofMillis(1));
	}

	@Test
	void aCommandThatIsNotSentIsAFailure() {
		fail();
		pass(PROPERTIES.pauseAfterFailure().minusMillis(1));
		assertThat(this.calls.attempt(() -> "answer")).isEmpty();
		assertThat(this.calls.trustedFor()).isEqualTo(PROPERTIES.recoveryTime().negated());
		assertThat(this.meters.counter("cache.failures", "cache", "values").count()).isOne();
	}

	@Test
	void aLostConnectionIsAFailureAndCommandsAreSent() {
		this.calls.failed();
		assertThat(this.calls.trustedFor()).isEqualTo(PROPERTIES.recoveryTime().negated());
		assertThat(this.calls.attempt(() -> "answer")).contains("answer");
	}

	private void fail() {
		assertThat(this.calls.attempt(() -> {
			throw new QueryTimeoutException("no answer");
		})).isEmpty();
	}

	private void pass(Duration duration) {
		this.now = this.now.plus(duration);
	}

}
