package io.microplatform.acceptance.client;

import org.jspecify.annotations.Nullable;

/**
 * The platform answered something else than it should have; the message says both in one
 * line.
 */
public final class UnexpectedReplyException extends RuntimeException {

	/**
	 * Says what was expected, and what was seen instead.
	 * @param expected what the reply should have been, in a few words
	 * @param seen the reply
	 * @param cause why it cannot be that, if something else found out
	 */
	public UnexpectedReplyException(String expected, Reply seen, @Nullable Throwable cause) {
		super("expected " + expected + ", saw " + seen.summary(), cause);
	}

}
