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

	/** Behind the checks of the public port, which see a request unchanged. */
	private static void insert(ChannelPipeline pipeline) {
		boolean isChecked = pipeline.get(InboundConfiguration.CHECKS) != null;
		pipeline.addAfter(isChecked ? InboundConfiguration.CHECKS : NettyPipeline.HttpCodec, "persistence",
				new Persistence());
	}

}
