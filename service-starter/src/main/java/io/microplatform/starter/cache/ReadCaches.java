package io.microplatform.starter.cache;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Creates the read caches of a service, whose keys begin with the service's name.
 */
public final class ReadCaches {

	private final String service;

	private final StringRedisTemplate redis;

	private final JsonMapper json;

	private final Refreshable<CacheProperties> properties;

	private final Clock clock;

	private final MeterRegistry meters;

	private final List<ReadCache<?>> caches = new CopyOnWriteArrayList<>();

	ReadCaches(String service, StringRedisTemplate redis, JsonMapper json, Refreshable<CacheProperties> properties,
			Clock clock, MeterRegistry meters) {
		this.service = service;
		this.redis = redis;
		this.json = json;
		this.properties = properties;
		this.clock = clock;
		this.meters = meters;
	}

	/**
	 * A cache of one kind of value.
	 * @param <T> the type of the values
	 * @param name the name, as in keys and metrics
	 * @param type the type of the values: a record of its own, whose JSON is the format
	 * @param version of the type; to be incremented with every change of its JSON
	 * @return the cache
	 */
	public <T> ReadCache<T> cache(String name, Class<T> type, int version) {
		ReadCache<T> cache = new ReadCache<>(this.service, name, type, version, this.redis, this.json, this.properties,
				this.clock, this.meters);
		this.caches.add(cache);
		return cache;
	}

	/** To be called when the connection to Redis was lost. */
	void connectionLost() {
		this.caches.forEach(ReadCache::connectionLost);
	}

	/** To be called every second. */
	void recover() {
		this.caches.forEach(ReadCache::recover);
	}

}
