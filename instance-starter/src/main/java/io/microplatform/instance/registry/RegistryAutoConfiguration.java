package io.microplatform.instance.registry;

import io.microplatform.instance.secret.RequiredSecret;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.netflix.eureka.TimeoutProperties;
import org.springframework.cloud.netflix.eureka.config.DiscoveryClientOptionalArgsConfiguration;
import org.springframework.cloud.netflix.eureka.http.EurekaClientHttpRequestFactorySupplier;
import org.springframework.context.annotation.Bean;

/**
 * Lets an instance show its password to the registry. With Jersey on the class path, as
 * in the registry itself, Eureka's client would not ask for it.
 */
@AutoConfiguration(before = DiscoveryClientOptionalArgsConfiguration.class)
@ConditionalOnClass(EurekaClientHttpRequestFactorySupplier.class)
@ConditionalOnMissingClass("org.glassfish.jersey.client.JerseyClient")
@ConditionalOnProperty(name = "eureka.client.enabled", matchIfMissing = true)
@ConditionalOnDiscoveryEnabled
@ConditionalOnMissingBean(EurekaClientHttpRequestFactorySupplier.class)
public class RegistryAutoConfiguration {

	private static final String PASSWORD = "platform.discovery.password";

	@Bean
	static RequiredSecret registryPassword() {
		return new RequiredSecret(PASSWORD);
	}

	@Bean
	RegistryCredentials registryCredentials(TimeoutProperties timeouts, @Value("${" + PASSWORD + "}") String password) {
		return new RegistryCredentials(timeouts, password);
	}

}
