package io.microplatform.configfiles;

/**
 * Thrown when no snapshot is published.
 */
public class NoSnapshotException extends RuntimeException {

	/**
	 * Creates the exception.
	 * @param message why there is none
	 */
	public NoSnapshotException(String message) {
		super(message);
	}

	NoSnapshotException(String message, Throwable cause) {
		super(message, cause);
	}

}
