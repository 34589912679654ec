package io.microplatform.acceptance.audit;

/**
 * The books cannot be looked into.
 */
public final class BooksClosedException extends RuntimeException {

	BooksClosedException(String message, Throwable cause) {
		super(message, cause);
	}

}
