package io.microplatform.instance.configuration;

import org.springframework.core.NestedExceptionUtils;

/**
 * What to say of an exception to whoever can mend its reason.
 */
final class Causes {

	private Causes() {
	}

	/** The message at the bottom, on one line. */
	static String root(Throwable ex) {
		Throwable root = NestedExceptionUtils.getMostSpecificCause(ex);
		return String.valueOf(root.getMessage()).replaceAll("\\s+", " ").strip();
	}

}
