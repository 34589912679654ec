package io.microplatform.instance.limit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.RedisClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;

/**
 * The token buckets in Redis, which all instances share. The first request opens the
 * connection in the background, and Lettuce reconnects when it is lost. Concurrent
 * requests of one subject are batched: otherwise each of them would compare and swap the
 * same value, and all but one would have to retry. Thread-safe.
 */
final class SharedBuckets {

	/** The tolerance for instances with late clocks, where a bucket fills later. */
	private static final Duration KEPT_WHEN_FULL = Duration.ofSeconds(10);

	private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

	private final Supplier<RedisClient> client;

	private final TimeMeter time;

	private final Subjects<AsyncBucketProxy> subjects;

	private @Nullable CompletableFuture<AsyncProxyManager<String>> connected;

	SharedBuckets(Supplier<RedisClient> client, TimeMeter time, Refreshable<RateLimiterProperties> properties) {
		this.client = client;
		this.time = time;
		this.subjects = new Subjects<>(properties);
	}

	/**
	 * Sends a request to the bucket of a subject. The future fails if there is no
	 * connection, if Redis refuses the command, or after the timeout.
	 */
	<T> CompletableFuture<T> ask(String key, Limit limit, Duration timeout,
			Function<AsyncBucketProxy, CompletableFuture<T>> question) {
		return connection().thenCompose((buckets) -> question.apply(bucket(buckets, key, limit)))
			.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
			.whenComplete((_, failure) -> {
				if (failure != null) {
					// The batch may never complete.
					this.subjects.forget(key);
				}
			});
	}

	private AsyncBucketProxy bucket(AsyncProxyManager<String> buckets, String key, Limit limit) {
		return this.subjects.get(key, limit, () -> {
			BucketConfiguration configuration = BucketConfiguration.builder().addLimit(limit.bandwidth()).build();
			return buckets.builder()
				.withOptimization(Optimizations.batching())
				.build(key, () -> CompletableFuture.completedFuture(configuration));
		});
	}

	/** Begins to connect. The next request fails if there is still no connection. */
	void connect() {
		var _ = connection();
	}

	private synchronized CompletableFuture<AsyncProxyManager<String>> connection() {
		CompletableFuture<AsyncProxyManager<String>> known = this.connected;
		if (known == null || known.isCompletedExceptionally()) {
			known = CompletableFuture.supplyAsync(this::newConnection, Thread::startVirtualThread);
			this.connected = known;
		}
		return known;
	}

	private AsyncProxyManager<String> newConnection() {
		return Bucket4jLettuce.casBasedBuilder(this.client.get().connect(CODEC))
			.clientClock(this.time)
			.expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT_WHEN_FULL))
			.build()
			.asAsync();
	}

}
