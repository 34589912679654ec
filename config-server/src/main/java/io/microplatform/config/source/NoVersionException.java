package io.microplatform.config.source;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a source answers, but has no such version.
 */
public class NoVersionException extends RuntimeException {

	protected NoVersionException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
