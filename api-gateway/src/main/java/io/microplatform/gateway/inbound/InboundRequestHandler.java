package io.microplatform.gateway.inbound;

import java.util.Map;
import java.util.function.Predicate;

import io.microplatform.gateway.cors.CrossOriginRules;
import io.microplatform.gateway.inbound.RequestRules.Refusal;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.problem.ProblemKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Passes a request on only when it is complete, in time, within the limits and
 * unambiguous. It answers any other request itself, after the answers to the requests
 * before it, and then closes the connection. A slow or hostile client thus never occupies
 * a service. Runs behind the decoder; each connection has its own.
 */
class InboundRequestHandler extends ChannelDuplexHandler {

	/** The most requests that a client may send before it reads the first answer. */
	private static final int MAX_UNANSWERED = 16;

	private final Refreshable<InboundProperties> properties;

	/** Whether the gateway itself reads a header, by its name in any case. */
	private final Predicate<String> readHere;

	private final CrossOriginRules crossOrigin;

	private final RequestDeadline deadline;

	/** The limits of the request that is being received. */
	private InboundProperties limits;

	private @Nullable HttpRequest request;

	private CompositeByteBuf body = Unpooled.compositeBuffer();

	private int unanswered;

	private @Nullable RefusalWriter refusal;

	InboundRequestHandler(Refreshable<InboundProperties> properties, Predicate<String> readHere,
			CrossOriginRules crossOrigin, RequestDeadline deadline) {
		this.properties = properties;
		this.readHere = readHere;
		this.crossOrigin = crossOrigin;
		this.deadline = deadline;
		this.limits = properties.get();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (this.refusal == null && message instanceof HttpRequest head) {
			begin(ctx, head);
		}
		if (this.refusal == null && this.request != null && message instanceof HttpContent part) {
			collect(ctx, this.request, part);
		}
		else {
			ReferenceCountUtil.release(message);
		}
	}

	private void begin(ChannelHandlerContext ctx, HttpRequest head) {
		this.limits = this.properties.get();
		this.request = head;
		Refusal reason = check(head);
		if (reason != null) {
			refuse(ctx, reason);
			return;
		}
		if (HttpUtil.is100ContinueExpected(head) && this.unanswered == 0) {
			var _ = ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE,
					Unpooled.EMPTY_BUFFER));
		}
	}

	private @Nullable Refusal check(HttpRequest head) {
		if (this.unanswered >= MAX_UNANSWERED) {
			return RequestRules.malformed("Wait for answers before you send more.");
		}
		Refusal reason = RequestRules.check(head, maxBodySize());
		if (reason == null && RequestHeaders.areTakenAway(head.headers(), this::passes)) {
			return RequestRules
				.malformed("The Connection header must not name a header that is meant for the service.");
		}
		return reason;
	}

	private boolean passes(String header) {
		return this.limits.requestHeaders().contains(header) || this.readHere.test(header);
	}

	private void collect(ChannelHandlerContext ctx, HttpRequest head, HttpContent part) {
		ByteBuf bytes = part.content();
		if (part.decoderResult().isFailure()) {
			bytes.release();
			refuse(ctx, RequestRules.malformed("The framing of the body is not valid HTTP."));
		}
		else if (this.body.readableBytes() + bytes.readableBytes() > maxBodySize()) {
			bytes.release();
			refuse(ctx, RequestRules.tooLarge(maxBodySize()));
		}
		else {
			this.body.addComponent(true, bytes);
			if (part instanceof LastHttpContent) {
				letIn(ctx, head);
			}
		}
	}

	private void letIn(ChannelHandlerContext ctx, HttpRequest head) {
		this.deadline.met();
		ByteBuf whole = this.body;
		this.request = null;
		this.body = Unpooled.compositeBuffer();
		this.unanswered++;
		RequestHeaders.clean(head.headers(), this::passes, whole.readableBytes());
		ctx.fireChannelRead(head);
		ctx.fireChannelRead(new DefaultHttpContent(whole));
		ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
	}

	private long maxBodySize() {
		return this.limits.maxBodySize().toBytes();
	}

	private void refuse(ChannelHandlerContext ctx, Refusal reason) {
		this.deadline.met();
		this.refusal = new RefusalWriter(reason,
				(this.request != null) ? ProblemResponse.crossOriginHeaders(this.crossOrigin, this.request) : Map.of());
		this.request = null;
		stopDecoding(ctx);
		if (this.unanswered == 0) {
			this.refusal.write(ctx);
		}
		ctx.read();
	}

	/**
	 * Stops decoding after a refused request. The codec would count the requests that
	 * follow, and close the connection before the answers are written.
	 */
	private static void stopDecoding(ChannelHandlerContext ctx) {
		HttpServerCodec codec = ctx.pipeline().get(HttpServerCodec.class);
		if (codec != null) {
			codec.removeInboundHandler();
		}
	}

	/**
	 * Reads on after a refusal even without demand: unread bytes would reset the
	 * connection when it is closed, and the client could lose answers.
	 */
	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		ctx.fireChannelReadComplete();
		if (this.refusal != null) {
			ctx.read();
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		if (!(event instanceof RequestDeadline.Expired)) {
			ctx.fireUserEventTriggered(event);
		}
		else if (this.refusal == null) {
			refuse(ctx, new Refusal(ProblemKind.REQUEST_TIMEOUT, "The request did not arrive in time."));
		}
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		var _ = ctx.write(message, promise);
		if (message instanceof LastHttpContent && !isInterim(message)) {
			this.unanswered--;
			if (this.unanswered == 0 && this.refusal != null) {
				this.refusal.write(ctx);
			}
		}
	}

	/**
	 * Returns whether a message is a response that another one to the same request
	 * follows, such as 100.
	 * @param message that is written
	 */
	static boolean isInterim(Object message) {
		return message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.body.release();
	}

}
