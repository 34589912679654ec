package io.microplatform.config.source;

import java.util.Objects;

/**
 * A request to roll out the newest version of a source.
 *
 * @param by who requests it
 * @param how the command that requests it
 */
public record PullRequest(String by, String how) {

	public PullRequest {
		Objects.requireNonNull(by, "by");
		Objects.requireNonNull(how, "how");
	}

}
