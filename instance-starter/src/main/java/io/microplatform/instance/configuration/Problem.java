package io.microplatform.instance.configuration;

import org.springframework.core.NestedExceptionUtils;

/**
 * A reason why a version of the configuration cannot be applied.
 *
 * @param property the name of the property in question; empty when there is none
 * @param message what is wrong, in one line
 */
public record Problem(String property, String message) {

	/** A problem with the message of the root cause. */
	static Problem of(String property, Throwable ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		return new Problem(property, String.valueOf(root.getMessage()).replaceAll("\\s+", " ").strip());
	}

}
