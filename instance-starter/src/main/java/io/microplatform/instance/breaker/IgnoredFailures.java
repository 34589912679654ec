package io.microplatform.instance.breaker;

/**
 * Strategy that selects the failures of a call that circuit breakers count neither as a
 * failure nor as a success, because they do not indicate a fault of the service. All
 * beans of this type apply.
 */
@FunctionalInterface
public interface IgnoredFailures {

	/**
	 * Returns whether circuit breakers ignore a failure.
	 * @param failure the failure of the call
	 * @return {@code true} if it is not counted
	 */
	boolean ignores(Throwable failure);

}
