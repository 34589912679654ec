package io.microplatform.local.cli;

import org.jspecify.annotations.Nullable;

/**
 * The release that a user named for instances of a service.
 *
 * @param name null when none was named
 */
record ReleaseName(@Nullable String name) {

	static final String OPTION = "--release";

	/** As {@code platform.release} may be. */
	static final String PATTERN = "[a-z0-9._-]{1,40}";

	static boolean isOne(String release) {
		return release.matches(PATTERN);
	}

	/**
	 * Checks it.
	 * @throws CommandFailedException when it is none, or the service has no releases
	 */
	void check(String service) throws CommandFailedException {
		if (this.name == null) {
			return;
		}
		if (!Plan.BUSINESS.contains(service)) {
			throw CommandFailedException.notUnderstood(
					"\"%s\" has no releases: only %s have".formatted(service, String.join(" and ", Plan.BUSINESS)));
		}
		if (!isOne(this.name)) {
			throw CommandFailedException.notUnderstood(
					"\"%s\" is no release: give 1 to 40 of the characters a-z 0-9 . _ -".formatted(this.name));
		}
	}

}
