package io.microplatform.configfiles;

/**
 * Thrown when there is no snapshot of a version.
 */
public class UnknownVersionException extends RuntimeException {

	UnknownVersionException(String version) {
		super("there is no version " + version);
	}

}
