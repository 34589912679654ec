package io.microplatform.instance.balancer;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Live;

import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerInterceptor;
import org.springframework.context.annotation.Bean;

/**
 * The balancer that learns, for whoever calls services by their names;
 * {@code platform.balancer=stock} leaves that to Spring Cloud's, which neither learns nor
 * repeats anything.
 */
@AutoConfiguration(afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration" })
@ConditionalOnClass({ MeterRegistry.class, LoadBalancerInterceptor.class })
@ConditionalOnBean({ MeterRegistry.class, DiscoveryClient.class })
@ConditionalOnProperty(name = "spring.cloud.loadbalancer.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "platform.balancer", havingValue = "learning", matchIfMissing = true)
@EnableConfigurationProperties({ EjectionProperties.class, RetryProperties.class, TrafficProperties.class })
public class BalancerAutoConfiguration {

	@Bean
	Balancer balancer(DiscoveryClient registry, Live<EjectionProperties> ejection, Live<RetryProperties> retries,
			Live<TrafficProperties> traffic, MeterRegistry meters) {
		return new Balancer(registry, ejection, retries, traffic, meters);
	}

	/** So that everybody can see by what this instance shares requests. */
	@Bean
	InfoContributor trafficInfo(Live<TrafficProperties> traffic) {
		return (info) -> info.withDetail("traffic", traffic.get().weights());
	}

	@Bean
	BalancedRequests balancedRequests(Balancer balancer) {
		return new BalancedRequests(balancer);
	}

}
