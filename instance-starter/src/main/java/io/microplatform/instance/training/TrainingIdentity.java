package io.microplatform.instance.training;

/**
 * The identity of {@link TrainingCall training calls} that need one.
 */
@FunctionalInterface
public interface TrainingIdentity {

	/** The value of the header {@code Authorization}. */
	String authorization();

}
