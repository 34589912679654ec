package io.microplatform.configfiles;

/**
 * Thrown when there is no snapshot of a version, or none any more.
 */
public class UnknownVersionException extends RuntimeException {

	UnknownVersionException(String message) {
		super(message);
	}

}
