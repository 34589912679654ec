package io.microplatform.gateway.inbound;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * Which headers of a client get past the door. A list of what is allowed and not of what
 * is dangerous, because nobody knows every header that some server behind may believe. A
 * client's trace context is dropped too: each request from outside starts a trace of its
 * own. Safe for use by several threads.
 */
class RequestHeaders {

	/** Meant for the gateway, which does not forward them. */
	private static final Set<String> OF_THE_CONNECTION = Set.of("host", "connection");

	private final Set<String> allowed;

	RequestHeaders(Collection<String> forwarded) {
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.addAll(forwarded);
		names.addAll(OF_THE_CONNECTION);
		this.allowed = names;
	}

	/**
	 * Removes what is not allowed and describes the body as it was received.
	 * @param headers the headers of a request, which are changed
	 * @param bodySize the number of bytes of the whole body
	 */
	void clean(HttpHeaders headers, long bodySize) {
		boolean hasBody = headers.contains(HttpHeaderNames.CONTENT_LENGTH)
				|| headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
		for (String name : headers.names()) {
			if (!this.allowed.contains(name)) {
				headers.remove(name);
			}
		}
		if (hasBody) {
			headers.set(HttpHeaderNames.CONTENT_LENGTH, bodySize);
		}
	}

}
