package io.microplatform.gateway.inbound;

import java.util.regex.Pattern;

/**
 * Tells which request targets mean one and the same thing to everybody who reads them:
 * the gateway that chooses the route by it and the service that serves it.
 */
final class RequestTarget {

	/**
	 * Segments of unreserved characters and sub-delimiters of RFC 3986, none of them
	 * empty but the last, none of them {@code .} or {@code ..}. Left out: {@code ;},
	 * which servers take for the start of parameters to be cut off, and encodings of
	 * control characters and of {@code . / \ ; %}, which some decode before they compare.
	 */
	private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~!$&'()*+,=:@-]"
			+ "|%(?!00|0|1|7[Ff]|2[EeFf5]|5[Cc]|3[Bb])[0-9A-Fa-f]{2})+)*/?");

	/** As RFC 3986 has it, without encoded control characters. */
	private static final Pattern QUERY = Pattern
		.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%(?!0|1|7[Ff])[0-9A-Fa-f]{2})*+");

	private RequestTarget() {
	}

	/**
	 * Returns whether the target is a path with or without a query, and unambiguous.
	 * @param target the second word of a request line
	 * @return {@code false} also for a whole URL, an authority and {@code *}
	 */
	static boolean isUnambiguous(String target) {
		int question = target.indexOf('?');
		String path = (question < 0) ? target : target.substring(0, question);
		return path.startsWith("/") && PATH.matcher(path).matches()
				&& (question < 0 || QUERY.matcher(target.substring(question + 1)).matches());
	}

}
