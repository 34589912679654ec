package io.microplatform.lab.client;

import java.net.URI;
import java.util.Optional;

/**
 * Strategy that selects the gateway for each request. Implementations are thread-safe.
 */
public interface GatewaySelector {

	/**
	 * Returns the gateway for the next request.
	 * @return the gateway's base URL, without a trailing slash
	 */
	URI next();

	/**
	 * Returns another gateway for a request that received no response.
	 * @param failed the base URL of the gateway that did not respond
	 * @return the other gateway's base URL, or empty if there is only one gateway
	 */
	Optional<URI> alternativeTo(URI failed);

	/**
	 * Creates a selector for a platform with a single gateway.
	 * @param gateway the gateway's base URL
	 * @return the selector
	 */
	static GatewaySelector of(URI gateway) {
		return new GatewaySelector() {

			@Override
			public URI next() {
				return gateway;
			}

			@Override
			public Optional<URI> alternativeTo(URI failed) {
				return Optional.empty();
			}

		};
	}

}
