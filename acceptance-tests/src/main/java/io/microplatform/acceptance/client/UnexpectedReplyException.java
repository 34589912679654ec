package io.microplatform.acceptance.client;

import org.jspecify.annotations.Nullable;

/**
 * The platform answered something else than it should have; the message says both in one
 * line.
 */
public final class UnexpectedReplyException extends RuntimeException {

	UnexpectedReplyException(String expected, Reply seen, @Nullable Throwable cause) {
		super("expected " + expected + ", saw " + seen.summary(), cause);
	}

}
