package io.microplatform.instance.configuration;

import java.util.List;
import java.util.Set;

/**
 * What became of a version of the configuration at one instance.
 *
 * @param result what became of it
 * @param from the version before
 * @param to the version in question
 * @param changed the properties whose values differ between the two
 * @param problems why it was refused
 * @param unknown the properties that nobody here reads; others may
 */
public record Report(Result result, String from, String to, Set<String> changed, List<Problem> problems,
		Set<String> unknown) {

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
