package io.microplatform.configfiles;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A publication of a version.
 *
 * @param at the time
 * @param version the version
 * @param by who published it, as reported by the client
 * @param how the command or event that published it
 */
public record Publication(Instant at, String version, String by, String how) {

	private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

	/** Replaces control characters, which would break the line format. */
	public Publication {
		by = CONTROLS.matcher(by).replaceAll(" ");
		how = CONTROLS.matcher(how).replaceAll(" ");
	}

	String asLine() {
		return String.join("\t", this.at.toString(), this.version, this.by, this.how);
	}

	/** Empty for a malformed line, such as the last one after a crash. */
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
