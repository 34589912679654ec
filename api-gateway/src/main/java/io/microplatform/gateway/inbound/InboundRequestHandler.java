package io.microplatform.gateway.inbound;

import java.util.Map;
import java.util.function.Predicate;

import io.microplatform.gateway.cors.CrossOriginRules;
import io.microplatform.gateway.inbound.RequestRules.Refusal;
import io.microplatform.instance.configuration.Live;
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
import io.netty.handler.codec.http.HttpHeaderNames;
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
 * Lets a request in only when it is whole, in time, within its limits and beyond doubt;
 * any other is answered here, once the answers to the requests before it are written, and
 * is the last on its connection. A slow or hostile client thus never holds anything of a
 * service. Stands behind the decoder and belongs to one connection.
 */
class InboundRequestHandler extends ChannelDuplexHandler {

	/** Of one client that does not wait for answers; more is an attack. */
	private static final int MOST_UNANSWERED = 16;

	private final Live<InboundProperties> properties;

	/** By the names of headers. */
	private final Predicate<String> readHere;

	private final CrossOriginRules crossOrigin;

	private final RequestDeadline deadline;

	/** Of the request that is coming in. */
	private InboundProperties limits;

	private @Nullable HttpRequest request;

	private CompositeByteBuf body = Unpooled.compositeBuffer();

	private int unanswered;

	private @Nullable Refusal refusal;

	/** Of the answer to the refused request. */
	private Map<String, String> refusalHeaders = Map.of();

	InboundRequestHandler(Live<InboundProperties> properties, Predicate<String> readHere, CrossOriginRules crossOrigin,
			RequestDeadline deadline) {
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
		Refusal reason = (this.unanswered < MOST_UNANSWERED) ? check(head)
				: RequestRules.malformed("Wait for answers before you send more.");
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
		Refusal reason = RequestRules.check(head, maxBodySize());
		return (reason != null) ? reason : ConnectionOptions.check(head.headers(), this::passes);
	}

	private boolean passes(String header) {
		return this.limits.requestHeaders().contains(header) || this.readHere.test(header);
	}

	private void collect(ChannelHandlerContext ctx, HttpRequest head, HttpContent part) {
		ByteBuf bytes = part.content();
		if (part.decoderResult().isFailure()) {
			bytes.release();
			refuse(ctx, RequestRules.malformed("The body is not framed as HTTP demands."));
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
		this.refusalHeaders = (this.request != null) ? crossOriginHeaders(this.request) : Map.of();
		this.request = null;
		this.refusal = reason;
		stopDecoding(ctx);
		if (this.unanswered == 0) {
			RefusalWriter.write(ctx, reason, this.refusalHeaders);
		}
		ctx.read();
	}

	private Map<String, String> crossOriginHeaders(HttpRequest head) {
		return this.crossOrigin.headers(head.uri().split("\\?", 2)[0], head.headers().get(HttpHeaderNames.ORIGIN));
	}

	/**
	 * What follows a refused request is not looked at. The codec would otherwise count
	 * it, and close the connection before the answers are written.
	 */
	private static void stopDecoding(ChannelHandlerContext ctx) {
		HttpServerCodec codec = ctx.pipeline().get(HttpServerCodec.class);
		if (codec != null) {
			codec.removeInboundHandler();
		}
	}

	/**
	 * Reads on after a refusal, whatever the server wants: unread bytes would reset the
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
				RefusalWriter.write(ctx, this.refusal, this.refusalHeaders);
			}
		}
	}

	private static boolean isInterim(Object message) {
		return message instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.body.release();
	}

}
