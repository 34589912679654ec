package io.microplatform.gateway.inbound;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;

import io.microplatform.gateway.cors.CrossOriginRules;
import io.microplatform.gateway.problem.Problem;
import io.microplatform.gateway.upstream.ServiceHeaders;
import io.microplatform.instance.preference.PreferredWait;
import io.microplatform.instance.problem.ProblemKind;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Handler that answers a request with 503 if there are too many {@link PassedOnRequests}.
 * A shed request costs very little, and neither a filter nor a service receives it.
 * Answers keep the order of the requests of the connection, which stays open: clients
 * that had to reconnect would add to the load.
 * <p>
 * A request is in progress until its answer is written or its connection is closed. A
 * request with an effect and {@code Prefer: wait} does not count: it waits in a service,
 * which bounds the number of such requests. Runs behind {@link Persistence}; each
 * connection has its own.
 */
class OverloadHandler extends ChannelDuplexHandler {

	private static final String DETAIL = "The gateway is overloaded. The request had no effect; try again in 1 s.";

	private final PassedOnRequests requests;

	private final CrossOriginRules crossOrigin;

	/** The unanswered requests, in order of arrival. */
	private final Queue<Unanswered> unanswered = new ArrayDeque<>();

	/** Whether the request that is being received is shed. */
	private boolean sheds;

	OverloadHandler(PassedOnRequests requests, CrossOriginRules crossOrigin) {
		this.requests = requests;
		this.crossOrigin = crossOrigin;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (message instanceof HttpRequest request) {
			Unanswered next = admit(request);
			this.unanswered.add(next);
			this.sheds = next instanceof Shed;
		}
		if (!this.sheds) {
			ctx.fireChannelRead(message);
			return;
		}
		ReferenceCountUtil.release(message);
		if (message instanceof LastHttpContent) {
			answerShed(ctx);
		}
	}

	private Unanswered admit(HttpRequest request) {
		if (prefersToWait(request)) {
			return new PassedOn(null);
		}
		String segment = PassedOnRequests.segmentOf(request.uri());
		return this.requests.begin(segment) ? new PassedOn(segment)
				: new Shed(ProblemResponse.crossOriginHeaders(this.crossOrigin, request));
	}

	private static boolean prefersToWait(HttpRequest request) {
		return !ServiceHeaders.isSafe(request.method().name())
				&& PreferredWait.of(request.headers().getAll(PreferredWait.HEADER))
					.filter(Duration::isPositive)
					.isPresent();
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
		var _ = ctx.write(message, promise);
		if (message instanceof LastHttpContent && !InboundRequestHandler.isInterim(message)) {
			end(this.unanswered.poll());
			answerShed(ctx);
		}
	}

	/** Answers the shed requests at the head of the queue. */
	private void answerShed(ChannelHandlerContext ctx) {
		while (this.unanswered.peek() instanceof Shed shed) {
			this.unanswered.remove();
			Problem problem = Problem.untraced(ProblemKind.UNAVAILABLE, DETAIL);
			var _ = ctx.writeAndFlush(ProblemResponse.of(problem, shed.crossOrigin()));
		}
	}

	private void end(@Nullable Unanswered request) {
		if (request instanceof PassedOn(String segment) && segment != null) {
			this.requests.end(segment);
		}
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.unanswered.forEach(this::end);
		this.unanswered.clear();
	}

	/** A request that is not answered yet. */
	private sealed interface Unanswered {

	}

	/**
	 * A request that is answered by a later handler.
	 *
	 * @param segment the first segment of its path; {@code null} if it does not count as
	 * a request in progress
	 */
	private record PassedOn(@Nullable String segment) implements Unanswered {

	}

	/**
	 * A request that this handler answers.
	 *
	 * @param crossOrigin the headers of CORS for the answer
	 */
	private record Shed(Map<String, String> crossOrigin) implements Unanswered {

	}

}
