package io.microplatform.cli;

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
	 * @throws CommandFailedException if the name is invalid or the service has no
	 * releases
	 */
	static void check(@Nullable String release, String service) throws CommandFailedException {
		if (release == null) {
			return;
		}
		if (!Plan.BUSINESS.contains(service)) {
			throw CommandFailedException.notUnderstood(
					"invalid option --release: only %s have releases".formatted(String.join(" and ", Plan.BUSINESS)));
		}
		if (!release.matches(PATTERN)) {
			throw CommandFailedException.notUnderstood(
					"invalid release '%s': must be 1 to 40 of the characters a-z 0-9 . _ -".formatted(release));
		}
	}

}
