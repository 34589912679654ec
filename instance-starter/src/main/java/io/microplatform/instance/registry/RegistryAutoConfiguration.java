package io.microplatform.instance.registry;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.discovery.AbstractDiscoveryClientOptionalArgs;
import com.netflix.discovery.EurekaClient;
import com.netflix.discovery.EurekaClientConfig;
import com.netflix.discovery.shared.transport.jersey.TransportClientFactories;
import io.micrometer.core.instrument.binder.MeterBinder;
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
import org.springframework.context.annotation.Configuration;

/**
 * {@link AutoConfiguration Auto-configuration} for the client of the registry: it sends
 * the password, and publishes no events before the context runs. Backs off with Jersey on
 * the class path, as in the registry itself, because Eureka's client then asks for
 * neither.
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
	 * A {@link CloudEurekaClient} that publishes no event before the context runs. A
	 * listener would create beans in the thread of the client, which is interrupted if
	 * that takes longer than the interval between two fetches. Spring would then wait for
	 * these beans without end, and a gateway that starts slowly would never start. No
	 * event is lost, because each fetch publishes one.
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

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	static class MetricsConfiguration {

		@Bean
		RegistryMetrics registryMetrics(EurekaClient client) {
			return new RegistryMetrics(client);
		}

	}

}
