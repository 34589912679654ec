package io.microplatform.gateway.inbound;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.microplatform.gateway.inbound.RequestRules.Refusal;
import io.microplatform.gateway.problem.Problem;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Answers a refused request with a {@link Problem} and closes the connection so that a
 * client that is still sending can read the answer: only the output is closed at first.
 * To close both directions with unread bytes would reset the connection, and the answer
 * could be lost (RFC 9112, section 9.6).
 *
 * @param refusal why the request is refused
 * @param crossOrigin the headers of CORS for the answer
 */
record RefusalWriter(Refusal refusal, Map<String, String> crossOrigin) {

	private static final Logger logger = LoggerFactory.getLogger(RefusalWriter.class);

	private static final Duration LINGER = Duration.ofSeconds(3);

	/**
	 * Writes the answer. The caller reads on and drops what the client still sends.
	 * @param ctx the context of the handler that refuses
	 */
	void write(ChannelHandlerContext ctx) {
		Problem problem = Problem.untraced(this.refusal.kind(), this.refusal.detail());
		try (MDC.MDCCloseable _ = MDC.putCloseable("traceId", problem.traceId())) {
			logger.info("Refused a request: {} {}", problem.kind().status(), problem.detail());
		}
		ctx.writeAndFlush(response(problem)).addListener((written) -> closeOutput(ctx.channel()));
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

	private FullHttpResponse response(Problem problem) {
		FullHttpResponse response = ProblemResponse.of(problem, this.crossOrigin);
		response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		return response;
	}

}
