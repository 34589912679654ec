package io.microplatform.gateway.upstream;

/**
 * Which headers of a client may pass to a service.
 */
@FunctionalInterface
public interface AllowedHeaders {

	/** Whether one may, by its name without regard to case. */
	boolean allow(String header);

}
