package io.microplatform.acceptance.load;

/**
 * Decides what is called next.
 */
@FunctionalInterface
public interface Workload {

	/**
	 * The next call. Asked by one thread at a time, and at once: what takes its time
	 * belongs into the call.
	 * @return the call
	 */
	Call next();

}
