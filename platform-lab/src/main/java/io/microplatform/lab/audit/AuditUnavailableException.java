package io.microplatform.lab.audit;

/**
 * Exception thrown when a database or the broker does not answer the audit.
 */
public final class AuditUnavailableException extends RuntimeException {

	AuditUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
