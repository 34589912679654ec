package io.microplatform.gateway.inbound;

import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.microplatform.instance.configuration.Live;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Fires {@link Expired} when a request is not whole in time, however slowly its bytes
 * trickle in. Stands before the decoder, where the first byte can be seen. Belongs to one
 * connection.
 */
class RequestDeadline extends ChannelInboundHandlerAdapter {

	private final Live<InboundProperties> properties;

	private @Nullable Future<?> timer;

	RequestDeadline(Live<InboundProperties> properties) {
		this.properties = properties;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object bytes) {
		if (this.timer == null) {
			// Without demand nobody would read on until the request is whole; limits are
			// kept here instead. For every request anew, because the server takes this
			// back when it has answered one whose body nobody was interested in.
			ctx.channel().config().setAutoRead(true);
			this.timer = ctx.executor()
				.schedule(() -> ctx.fireUserEventTriggered(new Expired()),
						this.properties.get().requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
		}
		ctx.fireChannelRead(bytes);
	}

	/**
	 * Says that the request is whole; the next byte belongs to the next one.
	 */
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

	/** Says that the time is over. */
	record Expired() {

	}

}
