package io.microplatform.instance.registry;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.discovery.AbstractDiscoveryClientOptionalArgs;
import com.netflix.discovery.EurekaClient;
import com.netflix.discovery.EurekaClientConfig;
import com.netflix.discovery.shared.transport.jersey.TransportClientFactories;
import io.microplatform.instance.secret.RequiredSecret;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.ConditionalOnDiscoveryEnabled;
import org.springframework.cloud.netflix.eureka.CloudEurekaClient;
import org.springframework.cloud.netflix.eureka.EurekaClientAutoConfiguration;
import org.springframework.cloud.netflix.eureka.TimeoutProperties;
import org.springframework.cloud.netflix.eureka.config.DiscoveryClientOptionalArgsConfiguration;
import org.springframework.cloud.netflix.eureka.http.EurekaClientHttpRequestFactorySupplier;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Lets an instance show its password to the registry, and start without being disturbed
 * by it. With Jersey on the class path, as in the registry itself, Eureka's client would
 * not ask for either.
 */
@AutoConfiguration(before = { DiscoveryClientOptionalArgsConfiguration.class, EurekaClientAutoConfiguration.class })
@ConditionalOnClass(EurekaClientHttpRequestFactorySupplier.class)
@ConditionalOnMissingClass("org.glassfish.jersey.client.JerseyClient")
@ConditionalOnProperty(name = "eureka.client.enabled", matchIfMissing = true)
@ConditionalOnDiscoveryEnabled
@ConditionalOnMissingBean(EurekaClientHttpRequestFactorySupplier.class)
@EnableConfigurationProperties(ReleaseProperties.class)
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

	/**
	 * The usual client, but it tells nobody what it has learnt before the context stands.
	 * Listeners would make beans in its thread, which is interrupted when that takes
	 * longer than the interval between two fetches, and Spring then waits for these beans
	 * for ever: a gateway that was slow to start did not start at all. Nobody misses
	 * anything, because every fetch is told of anew.
	 */
	@Bean(destroyMethod = "shutdown")
	@ConditionalOnMissingBean
	EurekaClient eurekaClient(ApplicationInfoManager instance, EurekaClientConfig config,
			TransportClientFactories<?> transports, @Nullable AbstractDiscoveryClientOptionalArgs<?> arguments,
			ConfigurableApplicationContext context) {
		return new CloudEurekaClient(instance, config, transports, arguments, (event) -> {
			if (context.isRunning()) {
				context.publishEvent(event);
			}
		});
	}

}
