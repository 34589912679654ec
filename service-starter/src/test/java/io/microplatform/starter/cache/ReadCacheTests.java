package io.microplatform.starter.cache;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.local.LocalInfrastructure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ReadCacheTests {

	private static final String SERVICE = "order-service";

	private static final CacheProperties PROPERTIES = new CacheProperties(Duration.ofSeconds(2), Duration.ofSeconds(1),
			Duration.ofMinutes(1));

	private static final Duration RESTART_TAKES_AT_MOST = Duration.ofSeconds(60);

	private static final LettuceConnectionFactory connections = TestRedis.connect(SERVICE);

	private static final StringRedisTemplate redis = new StringRedisTemplate(connections);

	private final long id = ThreadLocalRandom.current().nextLong(1L << 53);

	private final AtomicReference<String> stored = new AtomicReference<>("old");

	private volatile Instant now = Instant.EPOCH;

	private final InstantSource time = () -> this.now;

	private final Clock clock = this.time.withZone(ZoneOffset.UTC);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ReadCache<Value> cache = cache(PROPERTIES);

	@AfterAll
	static void disconnect() {
		connections.destroy();
	}

	@Test
	void theSecondReadComesFromRedis() {
		assertThat(read()).isEqualTo("old");
		this.stored.set("changed without eviction");
		assertThat(read()).isEqualTo("old");
		assertThat(count("hit")).isEqualTo(1);
		assertThat(count("miss")).isEqualTo(1);
	}

	@Test
	void afterAnEvictionTheNewValueIsRead() {
		read();
		this.stored.set("new");
		this.cache.evictAfterCommit(this.id);
		assertThat(read()).isEqualTo("new");
	}

	@Test
	void nobodyIsGivenTheOldValueBetweenACommitAndItsEviction() {
		read();
		List<TransactionSynchronization> write = beforeCommitOfAWrite();
		this.stored.set("new");
		assertThat(read()).isEqualTo("new");
		write.forEach(TransactionSynchronization::afterCommit);
		assertThat(read()).isEqualTo("new");
		assertThat(read()).isEqualTo("new");
		assertThat(count("hit")).as("it is cached again").isEqualTo(1);
	}

	@Test
	void aWriteDoesNotEndWhatAnotherHoldsBack() {
		List<TransactionSynchronization> first = beforeCommitOfAWrite();
		List<TransactionSynchronization> second = beforeCommitOfAWrite();
		first.forEach(TransactionSynchronization::afterCommit);
		read();
		this.stored.set("new");
		assertThat(read()).isEqualTo("new");
		second.forEach(TransactionSynchronization::afterCommit);
		assertThat(read()).isEqualTo("new");
	}

	@Test
	void aWriteThatIsRolledBackHoldsNothingBack() {
		beforeCommitOfAWrite().forEach((write) -> write.afterCompletion(TransactionSynchronization.STATUS_ROLLED_BACK));
		read();
		read();
		assertThat(count("hit")).isEqualTo(1);
	}

	@Test
	void aWriterThatDiesLeavesNoOldValueAndHoldsNothingBackForLong() {
		read();
		beforeCommitOfAWrite();
		this.stored.set("new");
		awaitHits("new");
	}

	@Test
	void aReaderThatWasOvertakenByAWriteDoesNotLeaveTheOldValueBehind() {
		String seen = this.cache.get(this.id, () -> {
			String value = this.stored.get();
			this.stored.set("new");
			this.cache.evictAfterCommit(this.id);
			return Optional.of(new Value(value));
		}).orElseThrow().text();
		assertThat(seen).isEqualTo("old");
		assertThat(read()).isEqualTo("new");
	}

	@Test
	void aReaderThatWasOvertakenCannotUseTheLeaseOfTheNext() {
		this.cache.get(this.id, () -> {
			String value = this.stored.get();
			this.stored.set("new");
			this.cache.evictAfterCommit(this.id);
			read();
			return Optional.of(new Value(value));
		});
		assertThat(read()).isEqualTo("new");
	}

	@Test
	void aReaderThatDiesDoesNotKeepOthersFromCaching() {
		redis.opsForValue().set(key(), "lease:of a dead reader", PROPERTIES.loadTime());
		assertThat(read()).isEqualTo("old");
		awaitHits("old");
	}

	@Test
	void nothingIsKeptLongerThanItsTime() {
		read();
		this.stored.set("new");
		await().until(() -> read().equals("new"));
		assertThat(redis.getExpire(key())).isNotNegative();
	}

	@Test
	void anEntryOfAnotherVersionIsAMissAndIsReplaced() {
		ReadCache<Value> next = cache(PROPERTIES, 2);
		assertThat(read()).isEqualTo("old");
		this.stored.set("new");
		assertThat(read(next)).isEqualTo("new");
		assertThat(count("hit")).isZero();
		this.stored.set("changed without eviction");
		assertThat(read(next)).isEqualTo("new");
		assertThat(count("hit")).isOne();
		assertThat(failures()).isZero();
	}

	@Test
	void anEntryOfAnotherVersionIsEvicted() {
		ReadCache<Value> next = cache(PROPERTIES, 2);
		for (ReadCache<Value> reader : List.of(this.cache, next)) {
			this.stored.set("old");
			assertThat(read(reader)).isEqualTo("old");
			this.stored.set("new");
			((reader == next) ? this.cache : next).evictAfterCommit(this.id);
			assertThat(redis.hasKey(key())).isFalse();
			assertThat(read(reader)).isEqualTo("new");
			reader.evictAfterCommit(this.id);
		}
	}

	/** What the release before versions has written. */
	@Test
	void anEntryWithoutAVersionIsAMissAndIsReplaced() {
		String json = "{\"text\":\"older\"}";
		CRC32C checksum = new CRC32C();
		checksum.update((key() + "\n" + json).getBytes(StandardCharsets.UTF_8));
		redis.opsForValue()
			.set(key(), HexFormat.of().toHexDigits((int) checksum.getValue()) + json, PROPERTIES.timeToLive());
		assertIsCached();
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "", " ", "{}", "[]", "0", "\"old\"", "{\"text\":\"foreign\"}", "{\"text\":null}",
			"{\"text\":{}}", "{\"text\":\"tru", "\u0000\u00ff\ufffd", "lease:of another", "00000000null",
			"00000000{\"text\":\"foreign\"}" })
	void whatItHasNotWrittenIsReplaced(String foreign) {
		redis.opsForValue().set(key(), foreign);
		assertIsCached();
		redis.opsForValue().set(key(), foreign, Duration.ofHours(1));
		this.cache.evictAfterCommit(this.id);
		assertIsCached();
	}

	@Test
	void aValueOfAnotherIdIsReplaced() {
		this.cache.get(this.id + 1, () -> Optional.of(new Value("another's")));
		redis.opsForValue()
			.set(key(), String.valueOf(redis.opsForValue().get(SERVICE + ":values:" + (this.id + 1))),
					PROPERTIES.timeToLive());
		assertIsCached();
	}

	@Test
	void aDamagedValueIsReplaced() {
		read();
		String written = String.valueOf(redis.opsForValue().get(key()));
		redis.opsForValue().set(key(), written.replace("old", "odd"), PROPERTIES.timeToLive());
		assertIsCached();
		redis.opsForValue().set(key(), written.substring(0, written.length() - 1), PROPERTIES.timeToLive());
		this.cache.evictAfterCommit(this.id);
		assertIsCached();
	}

	@Test
	void whatIsTooLargeToBeAValueIsNotRead() {
		redis.opsForValue().set(key(), "x".repeat(4 * 1024 * 1024), Duration.ofHours(1));
		assertIsCached();
	}

	@Test
	void whatIsNoTextIsReplaced() {
		connections.getConnection()
			.stringCommands()
			.set(key().getBytes(StandardCharsets.UTF_8), new byte[] { (byte) 0xC0, (byte) 0xAF, 0 });
		assertIsCached();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ":held" })
	void aKeyOfAnotherTypeIsReplacedAndFailsNoCommand(String suffix) {
		List<Consumer<String>> types = List.of((key) -> redis.opsForList().rightPush(key, "x"),
				(key) -> redis.opsForHash().put(key, "x", "x"), (key) -> redis.opsForSet().add(key, "x"),
				(key) -> redis.opsForZSet().add(key, "x", 1), (key) -> redis.opsForValue().set(key, "x"),
				(key) -> redis.opsForValue().set(key, "9223372036854775807"));
		for (Consumer<String> type : types) {
			putForeign(type, suffix);
			assertIsCached();
			putForeign(type, suffix);
			List<TransactionSynchronization> write = beforeCommitOfAWrite();
			this.stored.set("new");
			assertThat(read()).isEqualTo("new");
			putForeign(type, suffix);
			write.forEach(TransactionSynchronization::afterCommit);
			this.stored.set("old");
			this.cache.evictAfterCommit(this.id);
			assertIsCached();
		}
	}

	private void putForeign(Consumer<String> type, String suffix) {
		redis.delete(key() + suffix);
		type.accept(key() + suffix);
	}

	/** From the database first, then from Redis, and no command failed. */
	private void assertIsCached() {
		assertThat(read()).isEqualTo("old");
		double before = count("hit");
		this.stored.set("changed without eviction");
		assertThat(read()).isEqualTo("old");
		assertThat(count("hit")).isEqualTo(before + 1);
		assertThat(failures()).isZero();
		this.stored.set("old");
	}

	@Test
	void whileRedisHangsOneReadWaitsAndTheOthersGoToTheDatabase() throws Exception {
		LocalInfrastructure.shared().redis().pause();
		try {
			for (int i = 0; i < 20; i++) {
				assertThat(read()).isEqualTo("old");
			}
			assertThat(failures()).isOne();
			this.now = this.now.plus(PROPERTIES.recoveryTime()).plusMillis(1);
			readInParallel(20);
			assertThat(failures()).as("one more after the recovery time").isEqualTo(2);
		}
		finally {
			LocalInfrastructure.shared().redis().resume();
		}
		awaitHits("old");
	}

	@Test
	void anEvictionThatRedisDoesNotTakeFailsNobody() throws Exception {
		LocalInfrastructure.shared().redis().pause();
		try {
			this.cache.evictAfterCommit(this.id);
			assertThat(read()).isEqualTo("old");
			assertThat(failures()).isOne();
		}
		finally {
			LocalInfrastructure.shared().redis().resume();
		}
		awaitHits("old");
	}

	@Test
	void evictionsDoNotWaitForARedisThatHangs() throws Exception {
		read();
		LocalInfrastructure.shared().redis().pause();
		try {
			for (int i = 0; i < 20; i++) {
				this.stored.set("version " + i);
				this.cache.evictAfterCommit(this.id);
			}
			assertThat(failures()).isOne();
		}
		finally {
			LocalInfrastructure.shared().redis().resume();
		}
		awaitHits("version 19");
	}

	/** It keeps what it has, also through a crash. */
	@Test
	void whatRedisKeptThroughACrashIsNotOlderThanWhatWasReadMeanwhile() throws Exception {
		CacheProperties longLived = new CacheProperties(Duration.ofDays(1), PROPERTIES.loadTime(),
				PROPERTIES.pauseAfterFailure());
		ReadCache<Value> cache = cache(longLived);
		assertThat(read(cache)).isEqualTo("old");
		LocalInfrastructure.shared().redis().kill();
		try {
			this.stored.set("new");
			cache.evictAfterCommit(this.id);
			assertThat(read(cache)).isEqualTo("new");
		}
		finally {
			LocalInfrastructure.shared().redis().start(RESTART_TAKES_AT_MOST);
		}
		await().ignoreExceptions().until(() -> redis.opsForValue().get(key()) != null);
		assertThat(redis.opsForValue().get(key())).as("in Redis").contains("old");
		awaitHits(cache, "new");
	}

	/** Up to the moment in which it is committed. */
	private List<TransactionSynchronization> beforeCommitOfAWrite() {
		TransactionSynchronizationManager.initSynchronization();
		try {
			this.cache.evictAfterCommit(this.id);
			TransactionSynchronizationUtils.triggerBeforeCommit(false);
			return TransactionSynchronizationManager.getSynchronizations();
		}
		finally {
			TransactionSynchronizationManager.clearSynchronization();
		}
	}

	private void readInParallel(int readers) {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < readers; i++) {
				executor.execute(this::read);
			}
		}
	}

	private void awaitHits(String value) {
		awaitHits(this.cache, value);
	}

	/** A command may fail meanwhile, which opens the circuit breaker again. */
	private void awaitHits(ReadCache<Value> cache, String value) {
		await().until(() -> {
			this.now = this.now.plus(PROPERTIES.pauseAfterFailure());
			assertThat(read(cache)).isEqualTo(value);
			return count("hit") > 0;
		});
	}

	private String read() {
		return read(this.cache);
	}

	private String read(ReadCache<Value> cache) {
		return cache.get(this.id, () -> Optional.of(new Value(this.stored.get()))).orElseThrow().text();
	}

	private String key() {
		return SERVICE + ":values:" + this.id;
	}

	private ReadCache<Value> cache(CacheProperties properties) {
		return cache(properties, 1);
	}

	private ReadCache<Value> cache(CacheProperties properties, int version) {
		return new ReadCaches(SERVICE, redis, JsonMapper.shared(), new Refreshable<>(properties), this.clock,
				this.meters)
			.cache("values", Value.class, version);
	}

	private double failures() {
		return this.meters.counter("cache.failures", "cache", "values").count();
	}

	private double count(String result) {
		return this.meters.counter("cache.gets", "cache", "values", "result", result).count();
	}

	record Value(String text) {
	}

}
