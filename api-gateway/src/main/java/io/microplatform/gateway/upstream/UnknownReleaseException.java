package io.microplatform.gateway.upstream;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Thrown if a request names a release that no instance of the service has. The request is
 * sent to no other release.
 */
public final class UnknownReleaseException extends ResponseStatusException {

	private static final long serialVersionUID = 1;

	private final String detail;

	UnknownReleaseException(String header) {
		super(HttpStatus.BAD_REQUEST);
		this.detail = "No instance of the service has the release that " + header + " names. Nothing was done.";
	}

	/** The detail of the problem: it names the header, not its value. */
	public String detail() {
		return this.detail;
	}

}
