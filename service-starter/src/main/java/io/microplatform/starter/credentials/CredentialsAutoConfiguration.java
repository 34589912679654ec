package io.microplatform.starter.credentials;

import javax.sql.DataSource;

import io.microplatform.instance.secret.RequiredSecret;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * {@link AutoConfiguration} that requires the password of each server that a service
 * uses.
 */
@AutoConfiguration(after = { DataSourceAutoConfiguration.class, DataRedisAutoConfiguration.class })
public class CredentialsAutoConfiguration {

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnBean(DataSource.class)
	static class Database {

		@Bean
		static RequiredSecret databasePassword() {
			return new RequiredSecret("platform.database.password");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RedisConnectionFactory.class)
	@ConditionalOnBean(RedisConnectionFactory.class)
	static class Redis {

		@Bean
		static RequiredSecret redisPassword() {
			return new RequiredSecret("platform.redis.password");
		}

	}

	// Each binder lives in a context of its own, where no condition sees it.
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(KafkaMessageChannelBinder.class)
	static class Kafka {

		@Bean
		static RequiredSecret kafkaPassword() {
			return new RequiredSecret("platform.kafka.password");
		}

	}

}
