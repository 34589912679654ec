package io.microplatform.gateway.routes;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.gateway.event.RefreshRoutesEvent;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * {@link ApplicationListener} that creates Spring Cloud's load balancer of each routed
 * service before the routes are used. Otherwise the first request to the service would
 * create it on the event loop. The learning balancer needs no preparation.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
@ConditionalOnProperty(name = "platform.balancer", havingValue = "stock")
class StockBalancers implements ApplicationListener<RefreshRoutesEvent> {

	private final ConfiguredRoutes routes;

	private final LoadBalancerClientFactory balancers;

	StockBalancers(ConfiguredRoutes routes, LoadBalancerClientFactory balancers) {
		this.routes = routes;
		this.balancers = balancers;
	}

	@Override
	public void onApplicationEvent(RefreshRoutesEvent event) {
		this.routes.services().forEach(this.balancers::getInstance);
	}

}
