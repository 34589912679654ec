package io.microplatform.lab.load;

/**
 * Supplier of the calls of a load.
 */
@FunctionalInterface
public interface Workload {

	/**
	 * Returns the next call. Invoked by one thread at a time. Must not block: slow work
	 * belongs in the call.
	 * @return the next call
	 */
	LoadCall next();

}
