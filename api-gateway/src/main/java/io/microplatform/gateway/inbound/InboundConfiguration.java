package io.microplatform.gateway.inbound;

import java.util.function.Predicate;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.gateway.cors.CrossOriginRules;
import io.microplatform.gateway.limit.ClientAddress;
import io.microplatform.gateway.upstream.AllowedHeaders;
import io.microplatform.instance.balancer.TrafficProperties;
import io.microplatform.instance.configuration.Refreshable;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration that adds the request checks and the limits of requests and connections
 * to the public port, before any other handler reads a request.
 */
@Configuration(proxyBeanMethods = false)
class InboundConfiguration {

	// A customizer of the factory and not of the server, which would apply to the
	// management port as well.
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> inboundRequests(Refreshable<InboundProperties> properties,
			ObjectProvider<Refreshable<TrafficProperties>> traffic, CrossOriginRules crossOrigin, ClientAddress clients,
			MeterRegistry meters) {
		Predicate<String> readHere = readsRelease(traffic.getIfAvailable()).or(crossOrigin::reads).or(clients::reads);
		InboundPipeline pipeline = new InboundPipeline(properties, readHere, crossOrigin, meters);
		return (factory) -> factory.addServerCustomizers(
				(server) -> server.doOnChannelInit((observer, channel, address) -> pipeline.addTo(channel)));
	}

	/** Without the learning balancer there are no releases. */
	private static Predicate<String> readsRelease(@Nullable Refreshable<TrafficProperties> traffic) {
		return (traffic != null) ? (header) -> header.equalsIgnoreCase(traffic.get().header()) : (header) -> false;
	}

	@Bean
	AllowedHeaders allowedHeaders(Refreshable<InboundProperties> properties) {
		return (header) -> properties.get().requestHeaders().contains(header);
	}

}
