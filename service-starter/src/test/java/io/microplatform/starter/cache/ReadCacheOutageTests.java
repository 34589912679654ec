package io.microplatform.starter.cache;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.redis.Redis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of two instances after an outage of Redis, in which one of them has changed a
 * value and could not evict it. Entries live for a day, so that none expires by itself.
 */
class ReadCacheOutageTests {

	private static final String SERVICE = "order-service";

	private static final CacheProperties PROPERTIES = new CacheProperties(Duration.ofDays(1), Duration.ofSeconds(2),
			Duration.ofMillis(500));

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final long id = ThreadLocalRandom.current().nextLong(1L << 52);

	private final AtomicReference<String> stored = new AtomicReference<>("old");

	private final Instance writer = new Instance();

	private final Instance reader = new Instance();

	@AfterEach
	void close() {
		this.writer.close();
		this.reader.close();
	}

	@Test
	void whatRedisKeptThroughACrashIsIgnoredByAReaderThatSentNothingMeanwhile() throws Exception {
		assertThat(this.writer.read()).isEqualTo("old");
		assertThat(this.reader.read()).isEqualTo("old");
		redis().kill();
		try {
			this.writer.write("new");
		}
		finally {
			LocalInfrastructure.start(redis());
		}
		await().atMost(PATIENCE).ignoreExceptions().until(() -> this.reader.entry().contains("old"));
		this.reader.awaitHitsOf("new");
	}

	@Test
	void whatRedisKeptThroughAPauseIsIgnoredByAReaderThatHadNoAnswer() throws Exception {
		assertThat(this.writer.read()).isEqualTo("old");
		assertThat(this.reader.read()).isEqualTo("old");
		redis().pause();
		try {
			// From now on it sends nothing that Redis would execute after the pause.
			this.writer.read(this.id + 1);
			this.writer.write("new");
			assertThat(this.reader.read()).isEqualTo("new");
		}
		finally {
			redis().resume();
		}
		this.reader.awaitHitsOf("new");
	}

	@Test
	void anEvictionThatFailedIsRepeatedWithoutAnotherRequest() throws Exception {
		assertThat(this.writer.read()).isEqualTo("old");
		redis().kill();
		try {
			this.writer.write("new");
		}
		finally {
			LocalInfrastructure.start(redis());
		}
		await().atMost(PATIENCE).ignoreExceptions().until(() -> this.reader.entry().contains("old"));
		this.writer.recovery.start();
		await().atMost(PATIENCE).ignoreExceptions().until(() -> this.reader.entry().isEmpty());
		assertThat(this.reader.read()).isEqualTo("new");
	}

	private static Redis redis() {
		return LocalInfrastructure.shared().redis();
	}

	record Value(String text) {
	}

	/**
	 * An instance of a service. Its task in the background does not run unless a test
	 * starts it, as if the instance had died before the eviction.
	 */
	private final class Instance {

		private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

		private final LettuceConnectionFactory connections = TestRedis.connect(SERVICE);

		private final StringRedisTemplate redis = new StringRedisTemplate(this.connections);

		private final ReadCaches caches = new ReadCaches(SERVICE, this.redis, JsonMapper.shared(),
				new Refreshable<>(PROPERTIES), Clock.systemUTC(), this.meters);

		private final ReadCache<Value> cache = this.caches.cache("values", Value.class, 1);

		private final CacheRecovery recovery = new CacheRecovery(this.caches,
				this.connections.getRequiredNativeClient().getResources().eventBus());

		String read() {
			return read(ReadCacheOutageTests.this.id);
		}

		String read(long key) {
			return this.cache.get(key, () -> Optional.of(new Value(ReadCacheOutageTests.this.stored.get())))
				.orElseThrow()
				.text();
		}

		void write(String value) {
			ReadCacheOutageTests.this.stored.set(value);
			this.cache.evictAfterCommit(ReadCacheOutageTests.this.id);
		}

		/** What Redis has; empty if it has nothing. */
		String entry() {
			String entry = this.redis.opsForValue().get(SERVICE + ":values:" + ReadCacheOutageTests.this.id);
			return (entry != null) ? entry : "";
		}

		/** Each read returns the value, and at last it comes from Redis. */
		void awaitHitsOf(String value) {
			double before = hits();
			await().atMost(PATIENCE).until(() -> {
				assertThat(read()).isEqualTo(value);
				return hits() > before;
			});
		}

		private double hits() {
			return this.meters.counter("cache.gets", "cache", "values", "result", "hit").count();
		}

		void close() {
			this.recovery.stop();
			this.connections.destroy();
		}

	}

}
