package io.microplatform.starter.cache;

import java.time.Clock;

import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.time.ClockAutoConfiguration;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * {@link AutoConfiguration} for read caches of a service that uses Redis.
 */
@AutoConfiguration(after = { DataRedisAutoConfiguration.class, ClockAutoConfiguration.class })
@ConditionalOnClass(StringRedisTemplate.class)
@ConditionalOnBean(StringRedisTemplate.class)
@EnableConfigurationProperties(CacheProperties.class)
public class CacheAutoConfiguration {

	@Bean
	ReadCaches readCaches(@Value("${spring.application.name}") String service, StringRedisTemplate redis,
			JsonMapper json, Refreshable<CacheProperties> properties, Clock clock, MeterRegistry meters) {
		return new ReadCaches(service, redis, json, properties, clock, meters);
	}

	@Bean
	CacheRecovery cacheRecovery(ReadCaches caches, ClientResources redis) {
		return new CacheRecovery(caches, redis.eventBus());
	}

}
