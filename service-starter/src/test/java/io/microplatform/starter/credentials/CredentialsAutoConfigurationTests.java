package io.microplatform.starter.credentials;

import io.microplatform.instance.secret.RequiredSecret;
import io.microplatform.instance.secret.SecretsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class CredentialsAutoConfigurationTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(CredentialsAutoConfiguration.class, SecretsAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataRedisAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
				"platform.database.password=safe-for-postgresql", "platform.redis.password=safe-for-redis-1",
				"platform.kafka.password=safe-for-kafka-1");

	@Test
	void ofEachServerThatIsUsedThePasswordIsRequired() {
		this.contexts.run((context) -> assertThat(context).getBeans(RequiredSecret.class)
			.containsOnlyKeys("databasePassword", "redisPassword", "kafkaPassword"));
	}

	@ParameterizedTest
	@CsvSource({ "org.springframework.jdbc, databasePassword", "org.springframework.data.redis, redisPassword",
			"org.springframework.cloud.stream.binder.kafka, kafkaPassword" })
	void ofAServerWithoutAClientItIsNot(String client, String secret) {
		this.contexts.withClassLoader(new FilteredClassLoader(client))
			.run((context) -> assertThat(context).hasNotFailed()
				.getBeans(RequiredSecret.class)
				.hasSize(2)
				.doesNotContainKey(secret));
	}

	@ParameterizedTest
	@ValueSource(strings = { "platform.database.password", "platform.redis.password", "platform.kafka.password" })
	void withoutASafeOneNothingStarts(String property) {
		this.contexts.withPropertyValues(property + "=changeme")
			.run((context) -> assertThat(context).getFailure().hasMessage(property + " is a well-known default"));
	}

}
