package io.microplatform.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time in a log line. All programs of the platform write it in UTC.
 */
final class LogTime {

	/** The time in the structured lines of instances. */
	private static final Pattern FIELD = Pattern.compile("\"@timestamp\":\"([^\"]+)\"");

	/**
	 * The time near the beginning of lines of PostgreSQL, Kafka, Prometheus and others.
	 */
	private static final Pattern ISO = Pattern
		.compile("^.{0,40}?(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d)(?:[.,](\\d{1,9}))?");

	private static final Pattern OF_REDIS = Pattern
		.compile("^\\d+:\\w (\\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{3})");

	private static final DateTimeFormatter REDIS = DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss.SSS",
			Locale.ENGLISH);

	private LogTime() {
	}

	/** Returns the time in the line; empty if it has none. */
	static Optional<Instant> of(String line) {
		try {
			Matcher field = FIELD.matcher(line);
			if (field.find()) {
				return Optional.of(Instant.parse(field.group(1)));
			}
			Matcher iso = ISO.matcher(line);
			if (iso.find()) {
				String fraction = (iso.group(3) != null) ? "." + iso.group(3) : "";
				return Optional.of(Instant.parse(iso.group(1) + "T" + iso.group(2) + fraction + "Z"));
			}
			Matcher redis = OF_REDIS.matcher(line);
			return redis.find() ? Optional.of(LocalDateTime.parse(redis.group(1), REDIS).toInstant(ZoneOffset.UTC))
					: Optional.empty();
		}
		catch (DateTimeException foreignFormat) {
			return Optional.empty();
		}
	}

}
