package io.microplatform.gateway.inbound;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Which headers of a client get past the door. A list of what is allowed and not of what
 * is dangerous, because nobody knows every header that some server behind may believe. A
 * client's trace context is dropped too: each request from outside starts a trace of its
 * own. What the gateway reads itself gets past the door, and no further.
 */
final class RequestHeaders {

	/** Meant for the gateway, which does not forward them. */
	private static final Set<String> OF_THE_CONNECTION = caseless(Set.of("host", "connection"));

	private RequestHeaders() {
	}

	/**
	 * A set that contains a name however it is written.
	 * @param names of headers
	 * @return them, not to be changed
	 */
	static Set<String> caseless(Set<String> names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(names);
		return Collections.unmodifiableSet(set);
	}

	/**
	 * Removes what is not allowed and describes the body as it was received.
	 * @param headers the headers of a request, which are changed
	 * @param passes whether a header may pass, by its name, however it is written
	 * @param bodySize the number of bytes of the whole body
	 */
	static void clean(HttpHeaders headers, Predicate<String> passes, long bodySize) {
		boolean hasBody = headers.contains(HttpHeaderNames.CONTENT_LENGTH)
				|| headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
		for (String name : headers.names()) {
			if (!passes.test(name) && !OF_THE_CONNECTION.contains(name)) {
				headers.remove(name);
			}
		}
		ConnectionOptions.clean(headers);
		if (hasBody) {
			headers.set(HttpHeaderNames.CONTENT_LENGTH, bodySize);
		}
	}

}
