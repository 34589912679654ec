package io.microplatform.gateway.inbound;

import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.WriteTimeoutHandler;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts the checks of a request in front of everything else that reads it.
 */
@Configuration(proxyBeanMethods = false)
class InboundConfiguration {

	// A customizer of the factory and not of the server, which would apply to the
	// management port as well.
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> inboundRequests(InboundProperties properties) {
		return (factory) -> factory.addServerCustomizers((server) -> customize(server, properties));
	}

	private static HttpServer customize(HttpServer server, InboundProperties properties) {
		long maxBodySize = properties.maxBodySize().toBytes();
		RequestRules rules = new RequestRules(maxBodySize);
		RequestHeaders headers = new RequestHeaders(properties.requestHeaders());
		return server.doOnChannelInit((observer, channel, address) -> {
			RequestDeadline deadline = new RequestDeadline(properties.requestTimeout());
			ChannelPipeline pipeline = channel.pipeline();
			pipeline.addBefore(NettyPipeline.HttpCodec, "requestDeadline", deadline);
			pipeline.addBefore(NettyPipeline.HttpCodec, "writeTimeout",
					new WriteTimeoutHandler(properties.writeTimeout().toMillis(), TimeUnit.MILLISECONDS));
			pipeline.addAfter(NettyPipeline.HttpCodec, "inboundRequests",
					new InboundRequestHandler(rules, headers, deadline, maxBodySize));
		});
	}

}
