package io.microplatform.gateway.inbound;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.microplatform.gateway.inbound.RequestRules.Refusal;
import io.microplatform.gateway.problem.Problem;
import io.microplatform.gateway.problem.SecurityHeaders;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers a refused request with a {@link Problem} and gives the connection up, in a way
 * that lets the answer reach a client that is still sending: only our direction is closed
 * at first, because closing both with unread bytes would reset the connection and could
 * destroy the answer on its way (RFC 9112, section 9.6).
 */
final class RefusalWriter {

	private static final Logger logger = LoggerFactory.getLogger(RefusalWriter.class);

	private static final Duration LINGER = Duration.ofSeconds(3);

	private RefusalWriter() {
	}

	/**
	 * Writes the answer. The caller reads on and drops what the client still sends.
	 * @param ctx of the handler that refuses
	 * @param refusal why
	 * @param more headers of the answer
	 */
	static void write(ChannelHandlerContext ctx, Refusal refusal, Map<String, String> more) {
		Problem problem = Problem.untraced(refusal.kind(), refusal.detail());
		try (MDC.MDCCloseable _ = MDC.putCloseable("traceId", problem.traceId())) {
			logger.info("Refused a request: {} {}", refusal.kind().status(), refusal.detail());
		}
		ctx.writeAndFlush(response(problem, more)).addListener((written) -> closeOutput(ctx.channel()));
		var _ = ctx.executor().schedule(() -> close(ctx.channel()), LINGER.toMillis(), TimeUnit.MILLISECONDS);
	}

	private static void closeOutput(Channel channel) {
		if (channel instanceof DuplexChannel duplex) {
			var _ = duplex.shutdownOutput();
		}
		else {
			close(channel);
		}
	}

	private static void close(Channel channel) {
		var _ = channel.close();
	}

	private static FullHttpResponse response(Problem problem, Map<String, String> more) {
		byte[] body = problem.toJson();
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.valueOf(problem.kind().status()), Unpooled.wrappedBuffer(body));
		SecurityHeaders.ALWAYS.forEach(response.headers()::set);
		SecurityHeaders.UNLESS_SET.forEach(response.headers()::set);
		problem.headers().forEach(response.headers()::set);
		more.forEach(response.headers()::set);
		response.headers().set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
		response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
		response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		return response;
	}

}
