package io.microplatform.gateway.inbound;

import java.util.Map;

import io.microplatform.gateway.cors.CrossOriginRules;
import io.microplatform.gateway.problem.Problem;
import io.microplatform.gateway.problem.SecurityHeaders;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Factory of Netty responses for a {@link Problem}, for requests that are answered before
 * Spring handles them.
 */
final class ProblemResponse {

	private ProblemResponse() {
	}

	/**
	 * Returns a response with the body and all headers of the problem. The caller decides
	 * whether the connection stays open.
	 * @param problem what went wrong
	 * @param crossOrigin the headers of CORS
	 * @return the response
	 */
	static FullHttpResponse of(Problem problem, Map<String, String> crossOrigin) {
		byte[] body = problem.toJson();
		FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.valueOf(problem.kind().status()), Unpooled.wrappedBuffer(body));
		SecurityHeaders.ALWAYS.forEach(response.headers()::set);
		SecurityHeaders.UNLESS_SET.forEach(response.headers()::set);
		problem.headers().forEach(response.headers()::set);
		crossOrigin.forEach(response.headers()::set);
		response.headers().set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
		response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
		return response;
	}

	/**
	 * Returns the headers of CORS for the response to a request.
	 * @param rules of the gateway
	 * @param request that is answered
	 * @return names and values, none if the origin is not allowed
	 */
	static Map<String, String> crossOriginHeaders(CrossOriginRules rules, HttpRequest request) {
		return rules.headers(request.uri().split("\\?", 2)[0], request.headers().get(HttpHeaderNames.ORIGIN));
	}

}
