package io.microplatform.gateway.inbound;

import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.gateway.cors.CrossOriginRules;
import io.microplatform.instance.configuration.Refreshable;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import reactor.netty.NettyPipeline;

/**
 * Adds the handlers of the gateway to each new connection of the public port. Closes the
 * connection at once if {@code platform.gateway.max-connections} are open already.
 */
final class InboundPipeline {

	/** The name of the handler that checks requests. */
	static final String CHECKS = "inboundRequests";

	private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private final Refreshable<InboundProperties> properties;

	private final Predicate<String> readHere;

	private final CrossOriginRules crossOrigin;

	private final PassedOnRequests requests;

	InboundPipeline(Refreshable<InboundProperties> properties, Predicate<String> readHere, CrossOriginRules crossOrigin,
			MeterRegistry meters) {
		this.properties = properties;
		this.readHere = readHere;
		this.crossOrigin = crossOrigin;
		this.requests = new PassedOnRequests(properties, meters);
		Gauge.builder("gateway.connections", this.connections, ChannelGroup::size)
			.description("Connections of clients that are open")
			.register(meters);
	}

	void addTo(Channel channel) {
		this.connections.add(channel);
		if (this.connections.size() > this.properties.get().maxConnections()) {
			var _ = channel.close();
			return;
		}
		RequestDeadline deadline = new RequestDeadline(this.properties);
		ChannelPipeline pipeline = channel.pipeline();
		pipeline.addBefore(NettyPipeline.HttpCodec, "requestDeadline", deadline);
		pipeline.addBefore(NettyPipeline.HttpCodec, "writeTimeout",
				new WriteTimeoutHandler(this.properties.get().writeTimeout().toMillis(), TimeUnit.MILLISECONDS));
		pipeline.addAfter(NettyPipeline.HttpCodec, CHECKS,
				new InboundRequestHandler(this.properties, this.readHere, this.crossOrigin, deadline));
		pipeline.addAfter(CHECKS, "overload", new OverloadHandler(this.requests, this.crossOrigin));
	}

}
