package io.microplatform.cli;

import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Text from an untrusted source, made safe for a terminal: control sequences are shown
 * instead of executed.
 */
final class Printable {

	private Printable() {
	}

	/** In one line; a dash when there is none. */
	static String line(@Nullable String text) {
		return (text != null) ? escape(text, "") : "-";
	}

	/** In one line that is not longer. */
	static String line(@Nullable String text, int length) {
		String line = line(text);
		return (line.length() <= length) ? line : line.substring(0, length - 1) + "…";
	}

	/** In as many lines as it has. */
	static String lines(String text) {
		return escape(text, "\n\t");
	}

	private static String escape(String text, String allowed) {
		return text.codePoints()
			.mapToObj((point) -> isShown(point) || allowed.indexOf(point) >= 0 ? Character.toString(point)
					: String.format(Locale.ROOT, "\\u%04x", point))
			.collect(Collectors.joining());
	}

	private static boolean isShown(int point) {
		return switch (Character.getType(point)) {
			case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
					Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
				false;
			default -> true;
		};
	}

}
