package io.microplatform.cli;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The time that a command waits for the platform.
 *
 * @param duration until it gives up
 */
record StartTimeout(Duration duration) {

	private static final String VARIABLE = "PLATFORM_UP_TIMEOUT";

	private static final Duration USUAL = Duration.ofMinutes(3);

	/**
	 * Reads what the user chose.
	 * @throws CommandFailedException when that is no number of seconds
	 */
	static StartTimeout of(Context context) throws CommandFailedException {
		@Nullable String seconds = context.environment().get(VARIABLE);
		if (seconds == null || seconds.isBlank()) {
			return new StartTimeout(USUAL);
		}
		if (!seconds.matches("[1-9]\\d{0,4}")) {
			throw new CommandFailedException(
					"invalid value '%s' in %s: must be whole seconds from 1 to 99999".formatted(seconds, VARIABLE));
		}
		return new StartTimeout(Duration.ofSeconds(Long.parseLong(seconds)));
	}

	/** From now on: what came before, a build for example, takes nothing from it. */
	Instant deadline() {
		return Instant.now().plus(this.duration);
	}

}
