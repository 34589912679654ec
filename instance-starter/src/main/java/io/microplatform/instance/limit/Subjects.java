package io.microplatform.instance.limit;

import java.time.Duration;
import java.util.function.Supplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.microplatform.instance.configuration.Refreshable;

/**
 * Cache of the buckets of active subjects, by key. A bucket expires if it is not used for
 * the time in which it fills, when it is full anyway, and is evicted if there are more
 * than {@code platform.rate-limiter.local-subjects}. Thread-safe.
 *
 * @param <T> the type of the buckets
 */
final class Subjects<T> {

	private final Refreshable<RateLimiterProperties> properties;

	private final Cache<String, Held<T>> held;

	private volatile int most;

	Subjects(Refreshable<RateLimiterProperties> properties) {
		this.properties = properties;
		this.most = properties.get().localSubjects();
		this.held = Caffeine.newBuilder()
			.maximumSize(this.most)
			.expireAfter(Expiry.<String, Held<T>>accessing((_, bucket) -> bucket.time()))
			.build();
	}

	/** Returns the bucket, and creates it if it is missing. */
	T get(String key, Limit limit, Supplier<T> create) {
		resize(this.properties.get().localSubjects());
		return this.held.get(key, (_) -> new Held<>(create.get(), limit.timeToFill())).bucket();
	}

	void forget(String key) {
		this.held.invalidate(key);
	}

	private void resize(int changed) {
		if (changed != this.most) {
			this.most = changed;
			this.held.policy().eviction().ifPresent((eviction) -> eviction.setMaximum(changed));
		}
	}

	private record Held<T>(T bucket, Duration time) {
	}

}
