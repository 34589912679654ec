package io.microplatform.gateway.inbound;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.microplatform.instance.problem.ProblemKind;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the head of a request whether it is accepted. Stricter than HTTP where two
 * servers in a row could read the same bytes differently.
 */
final class RequestRules {

	private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST,
			HttpMethod.PATCH, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.OPTIONS);

	private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9._-]+|\\[([0-9A-Fa-f:.]+)])(?::([0-9]{1,5}))?");

	private static final int HIGHEST_PORT = 65535;

	private RequestRules() {
	}

	/**
	 * Returns why the request is refused.
	 * @param request the head of a request, as decoded
	 * @param maxBodySize the most bytes that its body may have
	 * @return the reason, or {@code null} if it may come in
	 */
	static @Nullable Refusal check(HttpRequest request, long maxBodySize) {
		if (request.decoderResult().isFailure()) {
			return undecodable(request.decoderResult().cause());
		}
		if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)
				&& !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
			return malformed("The gateway speaks HTTP/1.1 and HTTP/1.0 only.");
		}
		if (!METHODS.contains(request.method())) {
			return new Refusal(ProblemKind.METHOD_NOT_ALLOWED, "No path supports this method.");
		}
		if (!RequestTarget.isUnambiguous(request.uri())) {
			return malformed("The request target must be an unambiguous absolute path, with or without a query.");
		}
		if (!hasOneHost(request)) {
			return malformed("A request has one valid Host header.");
		}
		return checkFraming(request, maxBodySize);
	}

	/** The decoder has refused a {@code Content-Length} that is not a number. */
	private static @Nullable Refusal checkFraming(HttpRequest request, long maxBodySize) {
		List<String> encodings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
		List<String> lengths = request.headers().getAll(HttpHeaderNames.CONTENT_LENGTH);
		boolean isChunked = encodings.size() == 1 && encodings.getFirst().equalsIgnoreCase("chunked")
				&& lengths.isEmpty() && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
		if (!isChunked && (!encodings.isEmpty() || lengths.size() > 1)) {
			return malformed("A body has one Content-Length or, in HTTP/1.1 only, the transfer encoding chunked.");
		}
		return (!lengths.isEmpty() && Long.parseLong(lengths.getFirst()) > maxBodySize) ? tooLarge(maxBodySize) : null;
	}

	/**
	 * Returns the refusal of a body over the limit.
	 * @param maxBodySize the limit in bytes
	 * @return the refusal
	 */
	static Refusal tooLarge(long maxBodySize) {
		return new Refusal(ProblemKind.PAYLOAD_TOO_LARGE, "The body may have " + maxBodySize + " bytes at most.");
	}

	private static boolean hasOneHost(HttpRequest request) {
		List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
		if (hosts.isEmpty()) {
			return request.protocolVersion().equals(HttpVersion.HTTP_1_0);
		}
		Matcher host = HOST.matcher(hosts.getFirst());
		return hosts.size() == 1 && host.matches()
				&& (host.group(1) == null || NetUtil.isValidIpV6Address(host.group(1)))
				&& (host.group(2) == null || Integer.parseInt(host.group(2)) <= HIGHEST_PORT);
	}

	private static Refusal undecodable(Throwable cause) {
		return switch (cause) {
			case TooLongHttpLineException ex ->
				new Refusal(ProblemKind.URI_TOO_LONG, "The request target is too long.");
			case TooLongHttpHeaderException ex ->
				new Refusal(ProblemKind.HEADERS_TOO_LARGE, "The headers are too large.");
			default -> malformed("The request is not valid HTTP.");
		};
	}

	static Refusal malformed(String detail) {
		return new Refusal(ProblemKind.MALFORMED_REQUEST, detail);
	}

	/**
	 * Why a request is refused.
	 *
	 * @param kind of the problem to answer
	 * @param detail to tell the client
	 */
	record Refusal(ProblemKind kind, String detail) {

	}

}
