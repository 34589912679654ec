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
 * {@link AutoConfiguration Auto-configuration} for {@link WarmUp}, in an instance that
 * declares {@link WarmUpCall warm-up calls}.
 */
@AutoConfiguration(
		afterName = "org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration")
@ConditionalOnBean({ WarmUpCall.class, DiscoveryClient.class })
@EnableConfigurationProperties(WarmUpProperties.class)
public class WarmUpAutoConfiguration {

	@Bean
	WarmUp warmUp(Environment environment, DiscoveryClient registry, Listening listening,
			ObjectProvider<WarmUpCall> calls, ObjectProvider<WarmUpIdentity> identity, WarmUpProperties properties) {
		return new WarmUp(environment.getRequiredProperty("spring.application.name"), registry, listening,
				calls.orderedStream().toList(), identity.getIfAvailable(), properties);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class Servlets {

		@Bean
		Listening listening(WebServerApplicationContext context) {
			return new Listening.Early(context);
		}

		@Bean
		@ConditionalOnProperty(name = "spring.context.exit", havingValue = "onRefresh")
		Rehearsal rehearsal(WarmUp warmUp, WebServerApplicationContext context) {
			return new Rehearsal(warmUp, context);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class Reactive {

		@Bean
		Listening listening(WebServerApplicationContext context) {
			return new Listening.Usual(context);
		}

	}

}
