package io.microplatform.gateway.upstream;

/**
 * The request headers that may pass to a service.
 */
@FunctionalInterface
public interface AllowedHeaders {

	/** Whether a header may pass, by its name in any case. */
	boolean allow(String header);

}
