package io.microplatform.lab.client;

import org.jspecify.annotations.Nullable;

/**
 * Exception thrown when a response differs from the expected one. The message contains
 * the expectation and a summary of the response.
 */
public final class UnexpectedReplyException extends RuntimeException {

	/**
	 * Creates an exception.
	 * @param expected a short description of the expected response
	 * @param actual the response
	 * @param cause the cause, or null if the response was received but not expected
	 */
	public UnexpectedReplyException(String expected, Reply actual, @Nullable Throwable cause) {
		super("expected " + expected + ", saw " + actual.summary(), cause);
	}

}
