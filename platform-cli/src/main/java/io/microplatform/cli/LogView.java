package io.microplatform.cli;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

import io.microplatform.cli.LogTail.LogLine;

/**
 * Formats log lines for people to read.
 *
 * @param coloured whether warnings and errors have a colour
 */
record LogView(boolean coloured) {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final String INDENT = "    ";

	/**
	 * Formats a structured line with its error, or a plain-text line with its instance.
	 */
	String show(LogLine line) {
		return LogEvent.of(line)
			.map(this::show)
			.orElseGet(() -> line.instance() + " | " + Printable.lines(line.text()));
	}

	private String show(LogEvent event) {
		String level = event.field("log.level");
		return "%s %s %s %s%s".formatted(TIME.format(event.line().time()), event.line().instance(),
				coloured(level, String.format(Locale.ROOT, "%-5s", level)),
				Printable.lines(event.field("message")).replace("\n", "\n" + INDENT), error(event));
	}

	private static String error(LogEvent event) {
		String trace = event.field("error.stack_trace");
		String error = trace.isEmpty() ? event.field("error.type") + ": " + event.field("error.message") : trace;
		return error.equals(": ") ? ""
				: error.lines().map((line) -> "\n" + INDENT + Printable.lines(line)).collect(Collectors.joining());
	}

	private String coloured(String level, String text) {
		if (!this.coloured) {
			return text;
		}
		return switch (level) {
			case "ERROR" -> "\033[31m" + text + "\033[0m";
			case "WARN" -> "\033[33m" + text + "\033[0m";
			default -> text;
		};
	}

}
