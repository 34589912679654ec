package io.microplatform.instance.warmup;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Warms up an instance that declares what to warm it up with.
 */
@AutoConfiguration(
		afterName = "org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration")
@ConditionalOnBean({ WarmUpCall.class, DiscoveryClient.class })
@EnableConfigurationProperties(WarmUpProperties.class)
public class WarmUpAutoConfiguration {

	@Bean
	WarmUp warmUp(Environment environment, DiscoveryClient registry, ObjectProvider<WarmUpCall> calls,
			ObjectProvider<WarmUpIdentity> identity, WarmUpProperties properties) {
		return new WarmUp(environment, registry, calls.orderedStream().toList(), identity.getIfAvailable(), properties);
	}

	/**
	 * Only a servlet container can be started before the lifecycle that such a run does
	 * not reach.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnProperty(name = "spring.context.exit", havingValue = "onRefresh")
	static class Training {

		@Bean
		Rehearsal rehearsal(WarmUp warmUp, WebServerApplicationContext context) {
			return new Rehearsal(warmUp, context);
		}

	}

}
