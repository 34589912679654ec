package io.microplatform.gateway.inbound;

import java.util.BitSet;
import java.util.stream.Stream;

/**
 * Tells which request targets mean one and the same thing to everybody who reads them:
 * the gateway that chooses the route by it and the service that serves it.
 */
final class RequestTarget {

	private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	/**
	 * As in RFC 3986, but without {@code ;}, which servers take for the start of
	 * parameters to be cut off.
	 */
	private static final BitSet PATH = characters(UNRESERVED + "!$&'()*+,=:@/");

	/** What some servers decode before they compare paths, and others do not. */
	private static final BitSet NOT_ENCODED_IN_PATH = characters("./\\;%");

	/** As in RFC 3986. */
	private static final BitSet QUERY = characters(UNRESERVED + "!$&'()*+,;=:@/?");

	private static final BitSet NONE = new BitSet();

	private static final int DELETE = 0x7f;

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
		String query = (question < 0) ? "" : target.substring(question + 1);
		return hasDefiniteSegments(path) && consistsOf(path, PATH, NOT_ENCODED_IN_PATH)
				&& consistsOf(query, QUERY, NONE);
	}

	private static boolean hasDefiniteSegments(String path) {
		return path.startsWith("/") && !path.contains("//")
				&& Stream.of(path.split("/", -1)).noneMatch((segment) -> segment.equals(".") || segment.equals(".."));
	}

	private static boolean consistsOf(String part, BitSet plain, BitSet notEncoded) {
		for (int i = 0; i < part.length(); i++) {
			char character = part.charAt(i);
			if (character == '%') {
				int decoded = decode(part, i + 1);
				if (decoded < ' ' || decoded == DELETE || notEncoded.get(decoded)) {
					return false;
				}
				i += 2;
			}
			else if (!plain.get(character)) {
				return false;
			}
		}
		return true;
	}

	private static int decode(String part, int start) {
		if (start + 2 > part.length()) {
			return -1;
		}
		int high = Character.digit(part.charAt(start), 16);
		int low = Character.digit(part.charAt(start + 1), 16);
		return (high < 0 || low < 0) ? -1 : high * 16 + low;
	}

	private static BitSet characters(String all) {
		BitSet set = new BitSet();
		all.chars().forEach(set::set);
		return set;
	}

}
