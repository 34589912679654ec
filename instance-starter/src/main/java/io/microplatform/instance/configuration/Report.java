package io.microplatform.instance.configuration;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What became of a version of the configuration at one instance.
 *
 * @param result what became of it
 * @param from the version before
 * @param to the version in question
 * @param changed the properties whose values differ between the two
 * @param problems why it was refused
 * @param unknown the properties that nobody here reads; others may
 * @param profile with which the instance asks for its configuration, several with commas;
 * null when it does not say so
 */
public record Report(Result result, String from, String to, Set<String> changed, List<Problem> problems,
		Set<String> unknown, @Nullable String profile) {

	/**
	 * The profiles with which the instance asks.
	 * @return at least one
	 */
	public Set<String> profiles() {
		return (this.profile != null) ? Set.of(this.profile.split(",")) : Set.of("default");
	}

	/** What became of it. */
	public enum Result {

		/** The instance runs with it now. */
		TAKEN,

		/** The instance would take it. */
		ACCEPTABLE,

		/** The instance ran with it before. */
		UNCHANGED,

		/** The instance keeps what it had, all of it. */
		REFUSED

	}

}
