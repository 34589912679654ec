package io.microplatform.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.microplatform.cli.LogTail.LogLine;

/**
 * A filter for log lines. A plain-text line has no level, trace or order, and is rejected
 * if one of them is selected.
 *
 * @param trace the id of a trace; null for all
 * @param order the id of an order; null for all
 * @param since the time of the oldest line
 * @param level the lowest level; null for all
 */
record LogFilter(@Nullable String trace, @Nullable String order, Instant since, @Nullable Level level) {

	private static final Pattern PERIOD = Pattern.compile("([1-9]\\d{0,5})([smhd])");

	/**
	 * Creates a filter from the options of the command.
	 * @param now the time at which the period ends
	 * @throws CommandFailedException if a value is invalid
	 */
	static LogFilter of(@Nullable String trace, @Nullable String order, @Nullable String period, @Nullable String level,
			Instant now) throws CommandFailedException {
		if (trace != null && !trace.matches("[0-9a-fA-F]{16}|[0-9a-fA-F]{32}")) {
			throw invalid("--trace", trace, "must be the 32 hexadecimal digits of a trace id");
		}
		if (order != null && !order.matches("[1-9]\\d{0,18}")) {
			throw invalid("--order", order, "must be the id of an order, a positive integer");
		}
		return new LogFilter((trace != null) ? trace.toLowerCase(Locale.ROOT) : null, order, since(period, now),
				level(level));
	}

	private static Instant since(@Nullable String period, Instant now) throws CommandFailedException {
		if (period == null) {
			return Instant.MIN;
		}
		Matcher matcher = PERIOD.matcher(period);
		if (!matcher.matches()) {
			throw invalid("--since", period, "must be a period such as 30s, 10m, 2h or 1d");
		}
		long number = Long.parseLong(matcher.group(1));
		return now.minus(switch (matcher.group(2)) {
			case "s" -> Duration.ofSeconds(number);
			case "m" -> Duration.ofMinutes(number);
			case "h" -> Duration.ofHours(number);
			default -> Duration.ofDays(number);
		});
	}

	private static @Nullable Level level(@Nullable String name) throws CommandFailedException {
		if (name == null) {
			return null;
		}
		return Level.of(name)
			.orElseThrow(() -> invalid("--level", name, "must be one of trace, debug, info, warn, error"));
	}

	private static CommandFailedException invalid(String option, String value, String rule) {
		return CommandFailedException
			.notUnderstood("invalid value '%s' of %s: %s".formatted(Printable.line(value, 100), option, rule));
	}

	/** Returns whether the filter accepts the line. */
	boolean accepts(LogLine line) {
		// A search in the text avoids parsing most lines.
		if (line.time().isBefore(this.since) || (this.trace != null && !line.text().contains(this.trace))
				|| (this.order != null && !line.text().contains(this.order))) {
			return false;
		}
		return (this.trace == null && this.order == null && this.level == null)
				|| LogEvent.of(line).filter(this::accepts).isPresent();
	}

	private boolean accepts(LogEvent event) {
		return (this.trace == null || this.trace.equals(event.field("trace.id")))
				&& (this.order == null || this.order.equals(event.field("order.id"))) && isImportant(event);
	}

	private boolean isImportant(LogEvent event) {
		if (this.level == null) {
			return true;
		}
		Optional<Level> level = Level.of(event.field("log.level"));
		return level.isPresent() && level.get().compareTo(this.level) >= 0;
	}

	/** The levels, the least severe first. */
	enum Level {

		TRACE, DEBUG, INFO, WARN, ERROR;

		static Optional<Level> of(String name) {
			return Arrays.stream(values()).filter((level) -> level.name().equalsIgnoreCase(name)).findFirst();
		}

	}

}
