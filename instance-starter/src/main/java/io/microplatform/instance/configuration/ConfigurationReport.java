package io.microplatform.instance.configuration;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The result of validating or applying a version of the configuration at one instance.
 *
 * @param result the result
 * @param from the version with which the instance ran before
 * @param to the version with which it runs now, or would run
 * @param changed the properties whose values differ between the two
 * @param problems why the version was refused
 * @param unknown the properties that nothing in the instance reads; other services may
 * @param profile the profiles with which the instance requests its configuration,
 * separated by commas; null for the default profile
 */
public record ConfigurationReport(Result result, String from, String to, Set<String> changed, List<Problem> problems,
		Set<String> unknown, @Nullable String profile) {

	/**
	 * Reports an instance without an answer.
	 * @param version the version with which it last ran, as far as is known
	 * @param problem why there is no answer
	 * @return the report
	 */
	public static ConfigurationReport unreachable(String version, Problem problem) {
		return new ConfigurationReport(Result.UNREACHABLE, version, version, Set.of(), List.of(problem), Set.of(),
				null);
	}

	/**
	 * The same report with another result.
	 * @param other the other result
	 * @return the report
	 */
	public ConfigurationReport with(Result other) {
		return new ConfigurationReport(other, this.from, this.to, this.changed, this.problems, this.unknown,
				this.profile);
	}

	/**
	 * The profiles with which the instance requests its configuration.
	 * @return at least one
	 */
	public Set<String> profiles() {
		return (this.profile != null) ? Set.of(this.profile.split(",")) : Set.of("default");
	}

	/** The result at one instance. */
	public enum Result {

		/** The instance runs with the version now. */
		TAKEN,

		/** The instance would apply the version. */
		ACCEPTABLE,

		/** The instance ran with the version before. */
		UNCHANGED,

		/** The instance keeps its version, all of it. */
		REFUSED,

		/** The instance did not answer, or runs with another version. */
		UNREACHABLE,

		/** The instance did not answer and is no longer registered. */
		GONE

	}

}
