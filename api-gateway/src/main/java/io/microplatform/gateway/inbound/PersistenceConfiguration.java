package io.microplatform.gateway.inbound;

import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/**
 * Adds {@link Persistence} to the public port, by the component scan, and to the
 * management port, whose child context imports it.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class PersistenceConfiguration {

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> persistence() {
		return (factory) -> factory.addServerCustomizers(
				(server) -> server.doOnChannelInit((observer, channel, address) -> insert(channel.pipeline())));
	}

	/**
	 * Inserts the handler after the checks of the public port, which need the unchanged
	 * request, and before the handlers that answer requests there.
	 */
	private static void insert(ChannelPipeline pipeline) {
		boolean isChecked = pipeline.get(InboundPipeline.CHECKS) != null;
		pipeline.addAfter(isChecked ? InboundPipeline.CHECKS : NettyPipeline.HttpCodec, "persistence",
				new Persistence());
	}

}
