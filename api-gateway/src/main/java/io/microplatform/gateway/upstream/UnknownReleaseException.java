package io.microplatform.gateway.upstream;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * A request must go to a release that no instance of its service has. It goes to no
 * other: whoever names a release wants to see that one.
 */
public final class UnknownReleaseException extends ResponseStatusException {

	private static final long serialVersionUID = 1;

	private final String detail;

	UnknownReleaseException(String header) {
		super(HttpStatus.BAD_REQUEST);
		this.detail = "No instance of the service has the release that " + header + " names. Nothing was done.";
	}

	/** What to tell the client: the header, and not what it said. */
	public String detail() {
		return this.detail;
	}

}
