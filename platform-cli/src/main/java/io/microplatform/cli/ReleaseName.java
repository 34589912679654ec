package io.microplatform.cli;

import io.microplatform.local.service.BusinessServices;
import org.jspecify.annotations.Nullable;

/**
 * The rule for the name of a release.
 */
final class ReleaseName {

	/** As {@code platform.release} may be. */
	static final String PATTERN = "[a-z0-9._-]{1,40}";

	private ReleaseName() {
	}

	/**
	 * Checks the release that a user chose for instances of a service.
	 * @param release the name, or {@code null} if the user chose none
	 * @param business the services that have releases
	 * @throws CommandFailedException if the name is invalid or the service has no
	 * releases
	 */
	static void check(@Nullable String release, String service, BusinessServices business)
			throws CommandFailedException {
		if (release == null) {
			return;
		}
		if (!business.contains(service)) {
			throw CommandFailedException
				.notUnderstood("invalid option --release: only %s have releases".formatted(business));
		}
		if (!release.matches(PATTERN)) {
			throw CommandFailedException.notUnderstood(
					"invalid release '%s': must be 1 to 40 of the characters a-z 0-9 . _ -".formatted(release));
		}
	}

}
