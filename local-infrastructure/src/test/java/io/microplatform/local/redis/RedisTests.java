package io.microplatform.local.redis;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.local.LocalInfrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class RedisTests {

	private static final Redis REDIS = LocalInfrastructure.shared().redis();

	private static final String PASSWORD = REDIS.propertiesFor("user-service")
		.getOrDefault("platform.redis.password", "");

	private static String asUserService(String command) throws IOException {
		return REDIS.command("user-service", PASSWORD, command);
	}

	@Nested
	class WhoGetsIn {

		@Test
		void nobodyWithAWrongPassword() throws IOException {
			assertThat(REDIS.command("user-service", "wrong", "PING")).startsWith("-WRONGPASS");
			assertThat(REDIS.command("admin", "wrong", "PING")).startsWith("-WRONGPASS");
		}

		@Test
		void nobodyWithoutAName() throws IOException {
			assertThat(REDIS.command("default", "\"\"", "PING")).startsWith("-WRONGPASS");
		}

	}

	@Nested
	class WhatAServiceMayDo {

		@ParameterizedTest
		@ValueSource(strings = { "SET user-service:1 a PX 1000", "GET user-service:1", "DEL user-service:1",
				"INCR user-service:n", "PTTL user-service:n",
				"EVAL \"return redis.call('get',KEYS[1])\" 1 user-service:1", "SCAN 0 MATCH user-service:*",
				"INFO server", "CLIENT SETNAME me", "HELLO 3", "PING", "PUBLISH user-service:news hello" })
		void workOnItsOwnKeys(String command) throws IOException {
			assertThat(asUserService(command)).doesNotStartWith("-");
		}

		@ParameterizedTest
		@ValueSource(strings = { "GET order-service:1", "SET order-service:1 a", "SET other a",
				"EVAL \"return redis.call('get','order-service:1')\" 0", "PUBLISH order-service:news hello" })
		void butNotOnThoseOfOthers(String command) throws IOException {
			assertThat(asUserService(command)).matches("-(NOPERM|ERR .* can't access at least one of the keys).*");
		}

		@ParameterizedTest
		@ValueSource(
				strings = { "FLUSHALL", "FLUSHDB", "KEYS *", "CONFIG GET *", "ACL LIST", "SHUTDOWN", "DEBUG SLEEP 0",
						"MONITOR", "CLIENT LIST", "SCRIPT FLUSH", "REPLICAOF NO ONE", "SWAPDB 0 1", "RANDOMKEY" })
		void norWhatConcernsEverybody(String command) throws IOException {
			assertThat(asUserService(command)).startsWith("-NOPERM");
		}

	}

	@Nested
	class WhatTheGatewayMayDo {

		@ParameterizedTest
		@ValueSource(strings = { "GET api-gateway:limit:1",
				"EVAL \"return redis.call('psetex',KEYS[1],ARGV[1],ARGV[2])\" 1 api-gateway:limit:1 1000 a" })
		void countRequestsUnderKeysOfItsOwn(String command) throws IOException {
			assertThat(asGateway(command)).doesNotStartWith("-");
		}

		@ParameterizedTest
		@ValueSource(strings = { "GET user-service:1", "SET order-service:1 a", "FLUSHALL" })
		void andNothingElse(String command) throws IOException {
			assertThat(asGateway(command)).startsWith("-NOPERM");
		}

		private String asGateway(String command) throws IOException {
			return REDIS.command("api-gateway",
					REDIS.propertiesFor("api-gateway").getOrDefault("platform.redis.password", ""), command);
		}

	}

	@Nested
	class WhenItGoesAndComesBack {

		@AfterEach
		void leaveItRunning() throws IOException {
			LocalInfrastructure.start(REDIS);
			asUserService("DEL user-service:kept");
		}

		@Test
		void afterAStopItHasItsData() throws IOException {
			asUserService("SET user-service:kept 42");
			assertThat(REDIS.stop(Duration.ofSeconds(10))).isTrue();
			assertThatIOException().isThrownBy(() -> asUserService("PING"));
			LocalInfrastructure.start(REDIS);
			assertThat(asUserService("EXISTS user-service:kept")).isEqualTo(":1");
		}

		@Test
		void afterACrashItHasItsData() throws IOException {
			asUserService("SET user-service:kept 42");
			REDIS.kill();
			assertThatIOException().isThrownBy(() -> asUserService("PING"));
			LocalInfrastructure.start(REDIS);
			assertThat(asUserService("EXISTS user-service:kept")).isEqualTo(":1");
		}

	}

}
