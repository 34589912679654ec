package io.microplatform.config.snapshot;

import io.microplatform.configfiles.NoSnapshotException;

/**
 * Thrown when a snapshot cannot be served to an application, now or later.
 */
public class RefusedSnapshotException extends NoSnapshotException {

	RefusedSnapshotException(String message) {
		super(message);
	}

}
