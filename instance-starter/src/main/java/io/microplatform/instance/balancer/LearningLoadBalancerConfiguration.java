package io.microplatform.instance.balancer;

import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClientConfiguration;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Configuration of the child context that Spring Cloud LoadBalancer creates for each
 * service. Replaces the load balancer of {@link LoadBalancerClientConfiguration}.
 */
class LearningLoadBalancerConfiguration {

	@Bean
	LearningLoadBalancer reactorServiceInstanceLoadBalancer(Environment environment, Balancer balancer) {
		return new LearningLoadBalancer(balancer.pool(LoadBalancerClientFactory.getName(environment)));
	}

}
