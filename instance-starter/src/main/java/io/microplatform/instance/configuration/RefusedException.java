package io.microplatform.instance.configuration;

import java.util.List;

/**
 * A version of the configuration cannot be taken.
 */
final class RefusedException extends Exception {

	private final transient List<Problem> problems;

	RefusedException(List<Problem> problems) {
		super(problems.toString());
		this.problems = List.copyOf(problems);
	}

	RefusedException(String property, String message) {
		this(List.of(new Problem(property, message)));
	}

	List<Problem> problems() {
		return this.problems;
	}

}
