package io.microplatform.acceptance.client;

import java.net.URI;
import java.util.Optional;

/**
 * Where a client enters the platform. Implementations are thread-safe.
 */
public interface Entrance {

	/**
	 * The gateway for the next request.
	 * @return its base URL, without a slash at the end
	 */
	URI next();

	/**
	 * Another gateway for a request to which one gave no answer.
	 * @param silent the one that was asked
	 * @return its base URL, empty when there is no other
	 */
	Optional<URI> insteadOf(URI silent);

	/**
	 * The only gateway that there is.
	 * @param gateway its base URL
	 * @return the way to it
	 */
	static Entrance of(URI gateway) {
		return new Entrance() {

			@Override
			public URI next() {
				return gateway;
			}

			@Override
			public Optional<URI> insteadOf(URI silent) {
				return Optional.empty();
			}

		};
	}

}
