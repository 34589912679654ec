package io.microplatform.local.cli;

import java.time.Duration;
import java.time.Instant;

import io.microplatform.local.process.Await;
import io.microplatform.local.process.Http;
import io.microplatform.local.process.LogFile;
import org.jspecify.annotations.Nullable;

/**
 * How long a command waits for the platform, and for what in the end.
 */
final class Readiness {

	private static final Duration USUAL_PATIENCE = Duration.ofMinutes(3);

	private static final int LOG_LINES = 20;

	private final Context context;

	private final Duration patience;

	Readiness(Context context) throws CommandFailedException {
		this.context = context;
		this.patience = patience(context.environment().get("PLATFORM_UP_TIMEOUT"));
	}

	private static Duration patience(@Nullable String seconds) throws CommandFailedException {
		if (seconds == null || seconds.isBlank()) {
			return USUAL_PATIENCE;
		}
		if (!seconds.matches("[1-9]\\d{0,4}")) {
			throw new CommandFailedException(
					"PLATFORM_UP_TIMEOUT is \"%s\": give whole seconds from 1 to 99999".formatted(seconds));
		}
		return Duration.ofSeconds(Long.parseLong(seconds));
	}

	Instant deadlineFrom(Instant begin) {
		return begin.plus(this.patience);
	}

	/**
	 * Returns when the gateway knows an instance for every route.
	 * @throws CommandFailedException with the end of the gateway's log when it is too
	 * late
	 */
	void awaitRoutes(Plan plan, Instant deadline) throws CommandFailedException {
		if (!Await.until(Duration.between(Instant.now(), deadline), () -> Http.isOk(plan.routesUrl()))) {
			throw new CommandFailedException(
					"api-gateway did not find an instance for every route in time; the end of its log:",
					LogFile.of(this.context.state().logs(), Plan.GATEWAY).tail(LOG_LINES));
		}
	}

}
