package io.microplatform.config.snapshot;

/**
 * What there is to serve cannot be served, and waiting does not help.
 */
public class RefusedSnapshotException extends NoSnapshotException {

	RefusedSnapshotException(String message) {
		super(message);
	}

}
