package io.microplatform.starter.credentials;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.netflix.eureka.TimeoutProperties;
import org.springframework.cloud.netflix.eureka.config.DiscoveryClientOptionalArgsConfiguration;
import org.springframework.cloud.netflix.eureka.http.EurekaClientHttpRequestFactorySupplier;
import org.springframework.context.annotation.Bean;

/**
 * Refuses to start without proper passwords, and shows the registry's to the registry.
 */
@AutoConfiguration(before = DiscoveryClientOptionalArgsConfiguration.class)
@EnableConfigurationProperties(Credentials.class)
public class CredentialsAutoConfiguration {

	@Bean
	@ConditionalOnProperty(name = "eureka.client.enabled", matchIfMissing = true)
	EurekaClientHttpRequestFactorySupplier registryCredentials(Credentials credentials, TimeoutProperties timeouts) {
		return new RegistryCredentials(timeouts, credentials.discovery().password());
	}

}
