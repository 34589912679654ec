package io.microplatform.gateway.inbound;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.microplatform.instance.configuration.Refreshable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Fires {@link Expired} when a request is not complete in time, however slowly its bytes
 * arrive. Runs before the decoder, where the first byte can be seen. Each connection has
 * its own. Reactor Netty's {@code requestTimeout} begins with a complete head only.
 */
class RequestDeadline extends ChannelInboundHandlerAdapter {

	private final Refreshable<InboundProperties> properties;

	private @Nullable Future<?> timer;

	RequestDeadline(Refreshable<InboundProperties> properties) {
		this.properties = properties;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object bytes) {
		if (this.timer == null) {
			// A request is read without demand until it is complete. For each request
			// anew, because the server turns this off after an answer to a request
			// whose body was not read.
			ctx.channel().config().setAutoRead(true);
			this.timer = ctx.executor()
				.schedule(() -> ctx.fireUserEventTriggered(new Expired()),
						this.properties.get().requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		ctx.fireChannelRead(bytes);
	}

	/** Ends the time of a complete request; the next byte belongs to the next one. */
	void met() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		met();
	}

	/** The event that the time is over. */
	record Expired() {

	}

}
