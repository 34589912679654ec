package io.microplatform.instance.tracing;

import brave.sampler.Sampler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.transport.ReceiverContext;
import io.microplatform.instance.configuration.Refreshable;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * {@link AutoConfiguration Auto-configuration} for tracing. Without the profile
 * {@value #PROFILE}, a trace has an id for logs and responses but is never sampled.
 */
@AutoConfiguration(
		beforeName = "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration")
@ConditionalOnClass({ Sampler.class, ReceiverContext.class })
@EnableConfigurationProperties(SamplingProperties.class)
public class TracingAutoConfiguration {

	/** The profile of an instance that exports spans. */
	public static final String PROFILE = "tracing";

	private static final String ACTUATOR = "/actuator";

	@Bean
	@Profile("!" + PROFILE)
	Sampler neverSampled() {
		return Sampler.NEVER_SAMPLE;
	}

	@Configuration(proxyBeanMethods = false)
	@Profile(PROFILE)
	static class Sampled {

		@Bean
		RefreshableSampler refreshableSampler(Refreshable<SamplingProperties> properties) {
			return new RefreshableSampler(properties);
		}

		/** Runs before the handler that exports the span. */
		@Bean
		@Order(Ordered.HIGHEST_PRECEDENCE)
		SpanRedaction spanRedaction() {
			return new SpanRedaction();
		}

	}

	/** Excludes requests to the actuator, such as probes and scrapes. */
	@Configuration(proxyBeanMethods = false)
	@Profile(PROFILE)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class ServletRequests {

		@Bean
		ObservationPredicate actuatorIsNotObserved() {
			return (name,
					context) -> !(context instanceof ReceiverContext<?> received
							&& received.getCarrier() instanceof HttpServletRequest request
							&& request.getRequestURI().startsWith(ACTUATOR));
		}

	}

	/** Excludes requests to the actuator, such as probes and scrapes. */
	@Configuration(proxyBeanMethods = false)
	@Profile(PROFILE)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
	static class ReactiveRequests {

		@Bean
		ObservationPredicate actuatorIsNotObserved() {
			return (name,
					context) -> !(context instanceof ReceiverContext<?> received
							&& received.getCarrier() instanceof ServerHttpRequest request
							&& request.getPath().value().startsWith(ACTUATOR));
		}

	}

}
