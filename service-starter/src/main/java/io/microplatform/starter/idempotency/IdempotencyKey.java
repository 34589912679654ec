package io.microplatform.starter.idempotency;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.microplatform.starter.problem.ProblemException;

/**
 * The header {@code Idempotency-Key}. The draft defines its value as a string of
 * structured fields, in double quotes. The same characters without quotes, as most
 * clients send them, are the same key.
 *
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header-07">The
 * Idempotency-Key HTTP Header Field</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8941#section-3.3.3">RFC 8941, section
 * 3.3.3</a>
 */
final class IdempotencyKey {

	static final String HEADER = "Idempotency-Key";

	private static final int MAX_LENGTH = 255;

	private static final Pattern QUOTED = Pattern.compile("\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*+)\"");

	/**
	 * No quotes, and no comma or semicolon, which a proxy could take for the end of it.
	 */
	private static final Pattern BARE = Pattern.compile("[!#-+\\--:<-~]*+");

	private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

	private IdempotencyKey() {
	}

	/**
	 * Reads the key.
	 * @param values the values of all headers of the name, at least one
	 * @return the key, 1 to 255 characters of printable ASCII
	 * @throws ProblemException 400 when there is not exactly one such key
	 */
	static String parse(List<String> values) {
		if (values.size() != 1) {
			throw ProblemException.invalid(HEADER, "must be given once");
		}
		String key = unquote(values.getFirst());
		if (key.isEmpty() || key.length() > MAX_LENGTH) {
			throw ProblemException.invalid(HEADER, "must have 1 to " + MAX_LENGTH + " characters");
		}
		return key;
	}

	private static String unquote(String value) {
		Matcher quoted = QUOTED.matcher(value);
		if (quoted.matches()) {
			return ESCAPE.matcher(quoted.group(1)).replaceAll("$1");
		}
		if (BARE.matcher(value).matches()) {
			return value;
		}
		throw ProblemException.invalid(HEADER,
				"must be printable ASCII in double quotes; without them it has no space, comma, semicolon or quote");
	}

}
