package io.microplatform.instance.warmup;

/**
 * As whom an instance calls itself, where its calls are not for everybody.
 */
@FunctionalInterface
public interface WarmUpIdentity {

	/** The value of the calls' header {@code Authorization}. */
	String authorization();

}
