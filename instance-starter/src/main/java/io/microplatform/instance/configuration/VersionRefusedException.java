package io.microplatform.instance.configuration;

import java.util.List;

/**
 * Thrown when a version of the configuration cannot be applied.
 */
public final class VersionRefusedException extends Exception {

	private final transient List<Problem> problems;

	/**
	 * Creates a refusal for one or more reasons.
	 * @param problems the reasons, at least one
	 */
	public VersionRefusedException(List<Problem> problems) {
		super(problems.toString());
		this.problems = List.copyOf(problems);
	}

	VersionRefusedException(Problem problem) {
		this(List.of(problem));
	}

	List<Problem> problems() {
		return this.problems;
	}

}
