package io.microplatform.gateway.upstream;

import java.net.URI;

import io.microplatform.instance.balancer.InstanceUri;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * {@link GlobalFilter} that restores the path and the query, which Spring Cloud's own
 * load balancer encodes again. Runs between that load balancer and
 * {@link NettyRoutingFilter}.
 */
@Component
@ConditionalOnProperty(name = "platform.balancer", havingValue = "stock")
class UnchangedTarget implements GlobalFilter, Ordered {

	@Override
	public int getOrder() {
		return NettyRoutingFilter.ORDER - 1;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		URI chosen = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR);
		exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR,
					InstanceUri.of(chosen, exchange.getRequest().getURI()));
		return chain.filter(exchange);
	}

}
