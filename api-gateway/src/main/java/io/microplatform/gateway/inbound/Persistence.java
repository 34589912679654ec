package io.microplatform.gateway.inbound;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Keeps a connection open or closes it, as the client requests, and adapts answers to
 * HTTP/1.0. Reactor Netty behind this handler sees requests of HTTP/1.1 that never ask to
 * close the connection: it would close the connection after the first answer when a
 * pipelined request asks for it, and would write status lines of both versions.
 * <p>
 * An answer to HTTP/1.0 has no transfer encoding: it has a length or ends with the
 * connection. Each connection has its own handler.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, sections 6.1 and
 * 9.3</a>
 */
class Persistence extends ChannelDuplexHandler {

	private final Queue<RequestInfo> unanswered = new ArrayDeque<>();

	/** Whether the request that is being received is the last on its connection. */
	private boolean lastRequest;

	private boolean lastRequestComplete;

	/** Whether the answer that is being written is the last on its connection. */
	private boolean lastAnswer;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (this.lastRequestComplete) {
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof HttpRequest request) {
			this.unanswered.add(RequestInfo.of(request));
			this.lastRequest = !HttpUtil.isKeepAlive(request);
			request.setProtocolVersion(HttpVersion.HTTP_1_1);
			request.headers().remove(HttpHeaderNames.CONNECTION);
		}
		this.lastRequestComplete = this.lastRequest && message instanceof LastHttpContent;
		ctx.fireChannelRead(message);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		if (message instanceof HttpResponse response
				&& response.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			RequestInfo request = this.unanswered.poll();
			if (request != null) {
				adapt(response, request);
			}
		}
		ChannelPromise written = promise;
		if (this.lastAnswer && message instanceof LastHttpContent) {
			written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
		}
		var _ = ctx.write(message, written);
	}

	private void adapt(HttpResponse response, RequestInfo request) {
		if (request.old()) {
			response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
		}
		this.lastAnswer = !request.keepAlive() || !HttpUtil.isKeepAlive(response)
				|| (request.old() && !request.head() && !hasDefiniteLength(response));
		if (this.lastAnswer) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		else if (request.old()) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
		}
	}

	private static boolean hasDefiniteLength(HttpResponse response) {
		return HttpUtil.isContentLengthSet(response) || response.status().equals(HttpResponseStatus.NO_CONTENT)
				|| response.status().equals(HttpResponseStatus.NOT_MODIFIED);
	}

	/**
	 * A request that has no answer so far.
	 *
	 * @param old whether it came with HTTP/1.0
	 * @param keepAlive whether the client may send another one on the connection
	 * @param head whether the answer has no body
	 */
	private record RequestInfo(boolean old, boolean keepAlive, boolean head) {

		static RequestInfo of(HttpRequest request) {
			return new RequestInfo(request.protocolVersion().equals(HttpVersion.HTTP_1_0),
					HttpUtil.isKeepAlive(request), request.method().equals(HttpMethod.HEAD));
		}

	}

}
