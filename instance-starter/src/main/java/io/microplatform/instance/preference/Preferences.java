package io.microplatform.instance.preference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parser for the header {@code Prefer}. It ignores what is malformed or unknown, as RFC
 * 7240 requires: a preference never makes a request fail.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>
 */
final class Preferences {

	private static final Pattern QUOTED_PAIR = Pattern.compile("\\\\(.)");

	private Preferences() {
	}

	/**
	 * Returns the value of a preference.
	 * @param headers the values of all headers {@code Prefer}
	 * @param preference the name of the preference
	 * @return the value without quotes; empty if the preference is absent or its first
	 * occurrence, the only one that counts, has no value
	 */
	static Optional<String> value(Collection<String> headers, String preference) {
		return split(String.join(",", headers), ',').stream()
			.map((element) -> split(split(element, ';').getFirst(), '='))
			.filter((parts) -> parts.getFirst().strip().equalsIgnoreCase(preference))
			.findFirst()
			.filter((parts) -> parts.size() == 2)
			.map((parts) -> unquote(parts.get(1).strip()));
	}

	private static List<String> split(String text, char separator) {
		List<String> parts = new ArrayList<>();
		boolean quoted = false;
		int start = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '\\' && quoted) {
				i++;
			}
			else if (c == '"') {
				quoted = !quoted;
			}
			else if (c == separator && !quoted) {
				parts.add(text.substring(start, i));
				start = i + 1;
			}
		}
		parts.add(text.substring(start));
		return parts;
	}

	private static String unquote(String value) {
		boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
		return quoted ? QUOTED_PAIR.matcher(value.substring(1, value.length() - 1)).replaceAll("$1") : value;
	}

}
