package io.microplatform.acceptance.demo;

/**
 * A step of the demonstration did not hold.
 */
public final class StepFailedException extends RuntimeException {

	StepFailedException(String step, Throwable cause) {
		super(step, cause);
	}

}
