package io.microplatform.instance.warmup;

/**
 * The identity of {@link WarmUpCall warm-up calls} that need one.
 */
@FunctionalInterface
public interface WarmUpIdentity {

	/** The value of the header {@code Authorization}. */
	String authorization();

}
