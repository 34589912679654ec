package io.microplatform.starter.cache;

import java.time.Duration;
import java.util.Map;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.microplatform.local.LocalInfrastructure;

import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connections of tests to Redis.
 */
final class TestRedis {

	/** Long enough that a machine that stands still for a moment changes no result. */
	private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(1);

	private TestRedis() {
	}

	/** Connects with the account of a service, as an instance of it does. */
	static LettuceConnectionFactory connect(String service) {
		Map<String, String> properties = LocalInfrastructure.shared().propertiesFor(service);
		RedisStandaloneConfiguration server = new RedisStandaloneConfiguration(
				properties.getOrDefault("platform.redis.host", ""),
				Integer.parseInt(properties.getOrDefault("platform.redis.port", "")));
		server.setUsername(properties.get("platform.redis.username"));
		server.setPassword(properties.get("platform.redis.password"));
		LettuceConnectionFactory factory = new LettuceConnectionFactory(server,
				LettuceClientConfiguration.builder()
					.commandTimeout(COMMAND_TIMEOUT)
					.clientOptions(
							ClientOptions.builder().disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS).build())
					.build());
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

}
