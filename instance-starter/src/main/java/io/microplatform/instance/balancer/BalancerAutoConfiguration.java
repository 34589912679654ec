package io.microplatform.instance.balancer;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;

import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.BlockingLoadBalancerInterceptor;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * {@link AutoConfiguration Auto-configuration} for the {@link Balancer}. Every
 * {@code @LoadBalanced} client and every HTTP interface client uses it without further
 * configuration; a {@code WebClient} and a {@code RestTemplate} do not send a request
 * again. {@code platform.balancer=stock} leaves everything to Spring Cloud LoadBalancer,
 * which neither learns nor sends a request again.
 */
@AutoConfiguration(afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration" })
@ConditionalOnClass({ MeterRegistry.class, BlockingLoadBalancerInterceptor.class })
@ConditionalOnBean({ MeterRegistry.class, DiscoveryClient.class })
@ConditionalOnProperty(name = "spring.cloud.loadbalancer.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "platform.balancer", havingValue = "learning", matchIfMissing = true)
@LoadBalancerClients(defaultConfiguration = LearningLoadBalancerConfiguration.class)
@EnableConfigurationProperties({ EjectionProperties.class, RetryProperties.class, TrafficProperties.class })
public class BalancerAutoConfiguration {

	@Bean
	Balancer balancer(DiscoveryClient registry, Refreshable<EjectionProperties> ejection,
			Refreshable<RetryProperties> retries, Refreshable<TrafficProperties> traffic, MeterRegistry meters) {
		return new Balancer(registry, ejection, retries, traffic, meters);
	}

	/** Shows the weights in force at {@code /actuator/info}. */
	@Bean
	InfoContributor trafficInfo(Refreshable<TrafficProperties> traffic) {
		return (info) -> info.withDetail("traffic", traffic.get().weights());
	}

	/** Primary, because Spring Cloud always adds its own. */
	@Bean
	@Primary
	BlockingLoadBalancerInterceptor learningLoadBalancerInterceptor(Balancer balancer) {
		return new LearningLoadBalancerInterceptor(balancer);
	}

}
