package io.microplatform.gateway.inbound;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.gateway.cors.CrossOriginRules;
import io.microplatform.gateway.upstream.AllowedHeaders;
import io.microplatform.instance.balancer.TrafficProperties;
import io.microplatform.instance.configuration.Refreshable;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the checks of a request to the public port, before everything else reads it.
 */
@Configuration(proxyBeanMethods = false)
class InboundConfiguration {

	/** The name of the handler in the pipeline of a connection. */
	static final String CHECKS = "inboundRequests";

	// A customizer of the factory and not of the server, which would apply to the
	// management port as well.
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> inboundRequests(Refreshable<InboundProperties> properties,
			ObjectProvider<Refreshable<TrafficProperties>> traffic, CrossOriginRules crossOrigin,
			MeterRegistry meters) {
		ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		Gauge.builder("gateway.connections", connections, ChannelGroup::size)
			.description("Connections of clients that are open")
			.register(meters);
		Predicate<String> readHere = readsRelease(traffic.getIfAvailable()).or(crossOrigin::reads);
		return (factory) -> factory
			.addServerCustomizers((server) -> customize(server, properties, readHere, crossOrigin, connections));
	}

	/** Without the learning balancer there are no releases. */
	private static Predicate<String> readsRelease(@Nullable Refreshable<TrafficProperties> traffic) {
		return (traffic != null) ? (header) -> header.equalsIgnoreCase(traffic.get().header()) : (header) -> false;
	}

	@Bean
	AllowedHeaders allowedHeaders(Refreshable<InboundProperties> properties) {
		return (header) -> properties.get().requestHeaders().contains(header);
	}

	private static HttpServer customize(HttpServer server, Refreshable<InboundProperties> properties,
			Predicate<String> readHere, CrossOriginRules crossOrigin, ChannelGroup connections) {
		return server.doOnChannelInit((observer, channel, address) -> {
			connections.add(channel);
			RequestDeadline deadline = new RequestDeadline(properties);
			ChannelPipeline pipeline = channel.pipeline();
			pipeline.addBefore(NettyPipeline.HttpCodec, "requestDeadline", deadline);
			pipeline.addBefore(NettyPipeline.HttpCodec, "writeTimeout",
					new WriteTimeoutHandler(properties.get().writeTimeout().toMillis(), TimeUnit.MILLISECONDS));
			pipeline.addAfter(NettyPipeline.HttpCodec, CHECKS,
					new InboundRequestHandler(properties, readHere, crossOrigin, deadline));
		});
	}

}
