package io.microplatform.gateway.inbound;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * The request headers that pass the gateway: those that are allowed, because no list of
 * dangerous headers is complete. The trace context of a client does not pass, so each
 * request from outside starts a trace of its own.
 */
final class RequestHeaders {

	/** Headers that concern one connection, by RFC 9110 or by custom. */
	static final Set<String> HOP_BY_HOP = ignoringCase(Set.of("Connection", "Keep-Alive", "Proxy-Authenticate",
			"Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"));

	/** Never forwarded, because a client must not continue or sample a trace. */
	static final Set<String> OF_TRACING = ignoringCase(Set.of("traceparent", "tracestate", "baggage", "b3",
			"X-B3-TraceId", "X-B3-SpanId", "X-B3-ParentSpanId", "X-B3-Sampled", "X-B3-Flags"));

	/** Read by the gateway, and not forwarded. */
	private static final Set<String> FOR_THE_GATEWAY = ignoringCase(Set.of("Host", "Connection"));

	/** Set by the gateway itself. */
	private static final Set<String> ALWAYS_NEEDED = ignoringCase(Set.of("Content-Length", "Host"));

	private RequestHeaders() {
	}

	/**
	 * Returns an unmodifiable set that contains a name in any case.
	 * @param names the names of headers
	 */
	static Set<String> ignoringCase(Set<String> names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(names);
		return Collections.unmodifiableSet(set);
	}

	/**
	 * Returns whether the header {@code Connection} names a header that is meant for the
	 * gateway or a service. A proxy has to remove the headers that it names, so a client
	 * could take away what the next server relies on.
	 * @param headers the headers of a request
	 * @param passes whether a header passes, by its name in any case
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1">RFC 9110,
	 * section 7.6.1</a>
	 */
	static boolean areTakenAway(HttpHeaders headers, Predicate<String> passes) {
		return headers.getAll(HttpHeaderNames.CONNECTION)
			.stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map(String::strip)
			.anyMatch((option) -> passes.test(option) || ALWAYS_NEEDED.contains(option));
	}

	/**
	 * Removes the headers that do not pass, and describes the body as it was received.
	 * @param headers the headers of a request, which are changed
	 * @param passes whether a header passes, by its name in any case
	 * @param bodySize the number of bytes of the whole body
	 */
	static void clean(HttpHeaders headers, Predicate<String> passes, long bodySize) {
		boolean hasBody = headers.contains(HttpHeaderNames.CONTENT_LENGTH)
				|| headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
		headers.names()
			.stream()
			.filter((name) -> !passes.test(name) && !FOR_THE_GATEWAY.contains(name))
			.forEach(headers::remove);
		if (hasBody) {
			headers.set(HttpHeaderNames.CONTENT_LENGTH, bodySize);
		}
	}

}
