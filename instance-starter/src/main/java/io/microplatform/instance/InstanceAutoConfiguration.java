package io.microplatform.instance;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.netflix.eureka.TimeoutProperties;
import org.springframework.cloud.netflix.eureka.config.DiscoveryClientOptionalArgsConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Lets an instance show its password to the registry.
 */
@AutoConfiguration(before = DiscoveryClientOptionalArgsConfiguration.class)
@ConditionalOnProperty(name = "eureka.client.enabled", matchIfMissing = true)
public class InstanceAutoConfiguration {

	@Bean
	RegistryCredentials registryCredentials(TimeoutProperties timeouts,
			@Value("${platform.discovery.password}") String password) {
		return new RegistryCredentials(timeouts, password);
	}

}
