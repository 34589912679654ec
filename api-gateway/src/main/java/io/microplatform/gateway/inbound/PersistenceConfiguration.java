package io.microplatform.gateway.inbound;

import reactor.netty.NettyPipeline;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * {@link Persistence} for the public port, by the component scan, and for the management
 * port, as a part of its own context.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class PersistenceConfiguration {

	/** First, so that the checks of the public port stand before it. */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> persistence() {
		return (factory) -> factory.addServerCustomizers((server) -> server.doOnChannelInit((observer, channel,
				address) -> channel.pipeline().addAfter(NettyPipeline.HttpCodec, "persistence", new Persistence())));
	}

}
