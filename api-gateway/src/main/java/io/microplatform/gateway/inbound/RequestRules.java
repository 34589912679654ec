package io.microplatform.gateway.inbound;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.microplatform.instance.problem.ProblemKind;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Decides by its head whether a request may come in at all. Stricter than HTTP where two
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
			return malformed("Only HTTP/1.1 and HTTP/1.0 are spoken here.");
		}
		if (!METHODS.contains(request.method())) {
			return new Refusal(ProblemKind.METHOD_NOT_ALLOWED, "No path knows this method.");
		}
		if (!RequestTarget.isUnambiguous(request.uri())) {
			return malformed("The request target must be a plain absolute path, with or without a query.");
		}
		if (!hasOneHost(request)) {
			return malformed("There must be one valid Host header.");
		}
		return checkFraming(request, maxBodySize);
	}

	private static @Nullable Refusal checkFraming(HttpRequest request, long maxBodySize) {
		HttpHeaders headers = request.headers();
		List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
		List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
		if (encodings.isEmpty()) {
			return switch (lengths.size()) {
				case 0 -> null;
				case 1 -> checkLength(lengths.getFirst(), maxBodySize);
				default -> malformed("There must be one Content-Length.");
			};
		}
		if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
			return malformed("HTTP/1.0 has no transfer encodings.");
		}
		if (!lengths.isEmpty() || encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
			return malformed("A body has either a Content-Length or the transfer encoding chunked.");
		}
		return null;
	}

	private static @Nullable Refusal checkLength(String length, long maxBodySize) {
		try {
			return (Long.parseUnsignedLong(length) > maxBodySize || Long.parseUnsignedLong(length) < 0)
					? tooLarge(maxBodySize) : null;
		}
		catch (NumberFormatException ex) {
			return malformed("The Content-Length must be a number.");
		}
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
			default -> malformed("This is not an HTTP request.");
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
