package io.microplatform.gateway.limit;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.limit.Decision;
import io.microplatform.instance.limit.Limit;
import io.microplatform.instance.limit.RateLimiter;
import io.microplatform.instance.limit.RateLimiterProperties;
import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.redis.Redis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two gateways that share the buckets in a real Redis, which is stopped, killed and
 * suspended.
 */
class RateLimiterTests {

	private static final Redis REDIS = LocalInfrastructure.shared().redis();

	private static final String GATEWAY = "api-gateway";

	private static final String RULE = "users";

	/** Refills a token in more than two hours, so that a test does not wait for one. */
	private static final Limit LIMIT = new Limit(10, Duration.ofDays(1), 10);

	private static final Duration EACH = LIMIT.timeToFill().dividedBy(10);

	private static final RateLimiterProperties PROPERTIES = new RateLimiterProperties(Duration.ofMillis(500),
			Duration.ofSeconds(1), 1000);

	private static final Duration STOP_TAKES_AT_MOST = Duration.ofSeconds(10);

	/** The maximum time to reconnect is about twice that of the outage. */
	private static final Duration RETURN_TAKES_AT_MOST = Duration.ofSeconds(60);

	private final String subject = UUID.randomUUID().toString();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final List<RedisClient> clients = new ArrayList<>();

	private volatile Instant now = Instant.EPOCH;

	private final InstantSource time = () -> this.now;

	private final RateLimiter first = gateway(REDIS.port());

	private final RateLimiter second = gateway(REDIS.port());

	@AfterEach
	void leaveRedisRunning() throws IOException {
		REDIS.resume();
		LocalInfrastructure.start(REDIS);
		this.clients.forEach(RedisClient::shutdown);
	}

	@Test
	void twoGatewaysPermitAsMuchAsOne() {
		shared();
		for (int left = 8; left >= 0; left--) {
			assertThat(take((left % 2 == 0) ? this.first : this.second))
				.isEqualTo(new Decision(true, left, Duration.ZERO, EACH.multipliedBy(10 - left)));
		}
		assertThat(take(this.first).permitted()).isFalse();
		assertThat(take(this.second).permitted()).isFalse();
		assertThat(decisions("permitted", "redis")).isEqualTo(10);
		assertThat(decisions("refused", "redis")).isEqualTo(2);
	}

	@Test
	void requestsAtTheSameTimeGetNoMoreThanOneAfterTheOther() {
		shared();
		List<CompletableFuture<Decision>> decisions = IntStream.range(0, 400)
			.mapToObj((i) -> ((i % 2 == 0) ? this.first : this.second).take(RULE, this.subject, LIMIT))
			.toList();
		assertThat(decisions).filteredOn((decision) -> decision.join().permitted()).hasSize(9);
		assertThat(decisions("refused", "redis")).isEqualTo(391);
	}

	@Test
	void aRefusalSaysWhenThereIsATokenAgain() {
		shared();
		takeAll(this.first);
		Decision refusal = take(this.second);
		assertThat(refusal).isEqualTo(new Decision(false, 0, EACH, LIMIT.timeToFill()));
		this.now = this.now.plus(refusal.untilNext());
		assertThat(take(this.second).permitted()).isTrue();
		assertThat(take(this.first).permitted()).isFalse();
		this.now = this.now.plus(LIMIT.timeToFill());
		assertThat(take(this.first).remaining()).as("never more than its burst").isEqualTo(9);
	}

	@Test
	void aClockThatJumpsBackFillsNoBucketUntilItIsWhereItWas() {
		this.now = Instant.EPOCH.plus(LIMIT.timeToFill().multipliedBy(2));
		shared();
		takeAll(this.first);
		Instant before = this.now;
		this.now = before.minus(LIMIT.timeToFill());
		assertThat(take(this.second).permitted()).isFalse();
		this.now = before;
		assertThat(take(this.second).permitted()).isFalse();
		this.now = before.plus(EACH);
		assertThat(take(this.second).permitted()).isTrue();
		assertThat(take(this.first).permitted()).isFalse();
	}

	@Test
	void aSubjectDoesNotPayForAnother() {
		shared();
		takeAll(this.first);
		assertThat(this.second.take(RULE, UUID.randomUUID().toString(), LIMIT).join().permitted()).isTrue();
		assertThat(this.second.take("addresses", this.subject, LIMIT).join().permitted()).isTrue();
	}

	@Test
	void aLookTakesNothing() {
		shared();
		assertThat(this.second.peek(RULE, this.subject, LIMIT).join()).isEqualTo(peek(true, 9));
		assertThat(this.second.peek(RULE, this.subject, LIMIT).join()).isEqualTo(peek(true, 9));
		takeAll(this.first);
		assertThat(this.second.peek(RULE, this.subject, LIMIT).join()).isEqualTo(peek(false, 0));
	}

	@Test
	void aTokenThatIsGivenBackCanBeTakenAgain() {
		shared();
		takeAll(this.first);
		this.first.giveBack(RULE, this.subject, LIMIT).join();
		assertThat(take(this.second).permitted()).isTrue();
		assertThat(take(this.second).permitted()).isFalse();
	}

	@Test
	void aChangedLimitBeginsWithAFullBucket() {
		shared();
		takeAll(this.first);
		Limit changed = new Limit(10, Duration.ofDays(1), 11);
		assertThat(this.second.take(RULE, this.subject, changed).join().remaining()).isEqualTo(10);
		assertThat(this.first.take(RULE, this.subject, changed).join().remaining()).isEqualTo(9);
		assertThat(take(this.second).permitted()).as("by the limit of before").isFalse();
	}

	@Test
	void theKeyExpiresSoonAfterTheBucketIsFull() throws IOException {
		Limit quick = new Limit(10, Duration.ofSeconds(1), 10);
		shared();
		this.first.take(RULE, this.subject, quick).join();
		String key = GATEWAY + ":limit:" + RULE + ":10-1000-10:" + this.subject;
		assertThat(REDIS.command(GATEWAY, password(), "PTTL " + key)).matches(":([1-9][0-9]{0,3}|10[01][0-9]{2})");
	}

	@Test
	void whileRedisIsAwayEachGatewayLimitsByItself() throws IOException {
		shared();
		takeAll(this.first);
		REDIS.stop(STOP_TAKES_AT_MOST);
		for (RateLimiter gateway : List.of(this.first, this.second)) {
			assertThat(takeAll(gateway)).as("twice the limit across the outage").isEqualTo(10);
			assertThat(take(gateway).permitted()).isFalse();
		}
		assertThat(decisions("permitted", "local")).isEqualTo(20);
	}

	/** Which of the keys are evicted is up to Redis: a bucket may be full again. */
	@Test
	void whileTheMemoryOfRedisIsFullTheGatewaysShareTheBuckets() throws IOException {
		shared();
		try {
			for (int i = 0; i < 100; i++) {
				assertThat(REDIS.command(Redis.ADMIN, REDIS.adminPassword(),
						"EVAL \"return redis.call('set','filler:" + i + "',string.rep('x',1000000))\" 0"))
					.isEqualTo("+OK");
				take((i % 2 == 0) ? this.first : this.second);
			}
		}
		finally {
			REDIS.command(Redis.ADMIN, REDIS.adminPassword(), "FLUSHALL");
		}
		assertThat(decisions("permitted", "redis") + decisions("refused", "redis")).isEqualTo(101);
		assertThat(decisions("refused", "redis")).isPositive();
	}

	@Test
	void whileRedisHangsOneRequestWaitsAndTheOthersDoNot() throws IOException {
		shared();
		REDIS.pause();
		long begin = System.nanoTime();
		for (int i = 0; i < 100; i++) {
			take(this.first);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(PROPERTIES.timeout())
			.isLessThan(PROPERTIES.timeout().multipliedBy(3));
		assertThat(decisions("permitted", "local")).isEqualTo(10);
		assertThat(decisions("refused", "local")).isEqualTo(90);
	}

	@Test
	void whenRedisIsBackTheGatewaysShareTheBucketsAgain() throws IOException {
		shared();
		takeAll(this.first);
		REDIS.kill();
		takeAll(this.first);
		takeAll(this.second);
		LocalInfrastructure.start(REDIS);
		awaitShared(this.first);
		awaitShared(this.second);
		assertThat(take(this.first).permitted()).isFalse();
		assertThat(take(this.second).permitted()).isFalse();
		assertThat(decisions("refused", "redis")).as("one before the outage and these two").isEqualTo(3);
	}

	@Test
	void whenRedisGoesOnTheGatewaysShareTheBucketsAgain() throws IOException {
		shared();
		REDIS.pause();
		take(this.first);
		REDIS.resume();
		awaitShared(this.first);
	}

	@Test
	void aGatewayThatNeverReachedRedisLimitsByItself() {
		RateLimiter alone = gateway(1);
		assertThat(takeAll(alone)).isEqualTo(10);
		assertThat(take(alone).permitted()).isFalse();
		assertThat(decisions("permitted", "redis")).isZero();
	}

	@Test
	void aGatewayWithoutRedisLimitsByItself() {
		RateLimiter alone = new RateLimiter(GATEWAY, new Refreshable<>(PROPERTIES), null, clock(), this.meters);
		assertThat(takeAll(alone)).isEqualTo(10);
		assertThat(alone.peek(RULE, this.subject, LIMIT).join()).isEqualTo(peek(false, 0));
		alone.giveBack(RULE, this.subject, LIMIT).join();
		assertThat(take(alone).permitted()).isTrue();
		assertThat(take(alone).permitted()).isFalse();
	}

	/** Connects both instances: each reads the bucket, and the first takes a token. */
	private void shared() {
		awaitShared(this.first);
		awaitShared(this.second);
		this.meters.clear();
		take(this.first);
	}

	/** Peeks at another bucket until Redis answers. */
	private void awaitShared(RateLimiter gateway) {
		String other = UUID.randomUUID().toString();
		await().atMost(RETURN_TAKES_AT_MOST).until(() -> {
			this.now = this.now.plus(PROPERTIES.pauseAfterFailure());
			double before = count("probe", "permitted", "redis");
			gateway.take("probe", other, new Limit(1000, Duration.ofSeconds(1), 1000)).join();
			return count("probe", "permitted", "redis") > before;
		});
	}

	/** Takes tokens until one is refused, and returns the number taken. */
	private int takeAll(RateLimiter gateway) {
		int taken = 0;
		while (take(gateway).permitted()) {
			taken++;
		}
		return taken;
	}

	private Decision take(RateLimiter gateway) {
		return gateway.take(RULE, this.subject, LIMIT).join();
	}

	private static Decision peek(boolean permitted, int remaining) {
		return new Decision(permitted, remaining, permitted ? Duration.ZERO : EACH, EACH.multipliedBy(10 - remaining));
	}

	private double decisions(String outcome, String by) {
		return count(RULE, outcome, by);
	}

	private double count(String rule, String outcome, String by) {
		return this.meters.counter("rate.limiter.decisions", "rule", rule, "outcome", outcome, "by", by).count();
	}

	private static String password() {
		return REDIS.propertiesFor(GATEWAY).getOrDefault("platform.redis.password", "");
	}

	private Clock clock() {
		return this.time.withZone(ZoneOffset.UTC);
	}

	private RateLimiter gateway(int port) {
		Map<String, String> account = REDIS.propertiesFor(GATEWAY);
		RedisClient client = RedisClient.create(RedisURI.builder()
			.withHost(account.getOrDefault("platform.redis.host", ""))
			.withPort(port)
			.withAuthentication(GATEWAY, password().toCharArray())
			.withTimeout(PROPERTIES.timeout())
			.build());
		client.setOptions(ClientOptions.builder()
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.timeoutOptions(TimeoutOptions.enabled())
			.build());
		this.clients.add(client);
		return new RateLimiter(GATEWAY, new Refreshable<>(PROPERTIES), () -> client, clock(), this.meters);
	}

}
