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
 * Keeps a connection open or closes it, as its client demands, and answers a client of
 * HTTP/1.0 in a way that it understands. The server behind this handler sees requests of
 * HTTP/1.1 that never ask for the end of the connection: it would close the connection
 * after the first answer when a later request, sent in advance, asks for it, and would
 * write status lines of both versions.
 * <p>
 * An answer to HTTP/1.0 has no transfer encoding: it either has a length or ends with the
 * connection. Belongs to one connection.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, sections 6.1 and
 * 9.3</a>
 */
class Persistence extends ChannelDuplexHandler {

	private final Queue<Asked> unanswered = new ArrayDeque<>();

	/** Whether the request that is coming in is the last on its connection. */
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
			this.unanswered.add(Asked.by(request));
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
			Asked asked = this.unanswered.poll();
			if (asked != null) {
				adapt(response, asked);
			}
		}
		ChannelPromise written = promise;
		if (this.lastAnswer && message instanceof LastHttpContent) {
			written = promise.unvoid().addListener(ChannelFutureListener.CLOSE);
		}
		var _ = ctx.write(message, written);
	}

	private void adapt(HttpResponse response, Asked asked) {
		if (asked.old()) {
			response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
		}
		this.lastAnswer = !asked.keepAlive() || !HttpUtil.isKeepAlive(response)
				|| (asked.old() && !asked.head() && !hasDefiniteLength(response));
		if (this.lastAnswer) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		else if (asked.old()) {
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
	private record Asked(boolean old, boolean keepAlive, boolean head) {

		static Asked by(HttpRequest request) {
			return new Asked(request.protocolVersion().equals(HttpVersion.HTTP_1_0), HttpUtil.isKeepAlive(request),
					request.method().equals(HttpMethod.HEAD));
		}

	}

}
