package io.microplatform.gateway.inbound;

import java.util.regex.Pattern;

/**
 * The request targets that every server reads the same way: the gateway, which chooses
 * the route by the path, and the service behind it. Stricter than RFC 3986: a path has no
 * empty segment, no dot segment, no {@code ;} and no encoded {@code .}, {@code /},
 * {@code \}, {@code ;} or {@code %}; nothing is an encoded control character.
 */
final class RequestTarget {

	private static final String CHARACTERS = "A-Za-z0-9._~!$&'()*+,=:@-";

	private static final String ENCODED_IN_PATH = "%(?!2[5EeFf]|3[Bb]|5[Cc]|7[Ff])[2-9A-Fa-f][0-9A-Fa-f]";

	private static final String ENCODED_IN_QUERY = "%(?!7[Ff])[2-9A-Fa-f][0-9A-Fa-f]";

	// Possessive quantifiers, so that no target takes long or needs a deep stack.
	private static final String SEGMENT = "/(?!/|\\.{1,2}(?:[/?]|$))(?:[%s]++|%s)*+".formatted(CHARACTERS,
			ENCODED_IN_PATH);

	private static final String QUERY = "\\?(?:[;/?%s]++|%s)*+".formatted(CHARACTERS, ENCODED_IN_QUERY);

	private static final Pattern UNAMBIGUOUS = Pattern.compile("(?:%s)++(?:%s)?".formatted(SEGMENT, QUERY));

	private RequestTarget() {
	}

	/**
	 * Returns whether a target is an unambiguous path, with or without a query.
	 * @param target the second word of a request line
	 * @return {@code false} also for a whole URL, an authority and {@code *}
	 */
	static boolean isUnambiguous(String target) {
		return UNAMBIGUOUS.matcher(target).matches();
	}

}
