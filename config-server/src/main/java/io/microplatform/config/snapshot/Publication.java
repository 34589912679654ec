package io.microplatform.config.snapshot;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * That a version became the one that is served.
 *
 * @param at when
 * @param version which
 * @param by whom, as they said themselves
 * @param how what they did
 */
public record Publication(Instant at, String version, String by, String how) {

	private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

	/** Nobody may write a second line into the history. */
	public Publication {
		by = CONTROLS.matcher(by).replaceAll(" ");
		how = CONTROLS.matcher(how).replaceAll(" ");
	}

	String asLine() {
		return String.join("\t", this.at.toString(), this.version, this.by, this.how);
	}

	/** Empty when the line is none, as the last one after a crash. */
	static Optional<Publication> ofLine(String line) {
		String[] parts = line.split("\t", -1);
		if (parts.length != 4) {
			return Optional.empty();
		}
		try {
			return Optional.of(new Publication(Instant.parse(parts[0]), parts[1], parts[2], parts[3]));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

}
