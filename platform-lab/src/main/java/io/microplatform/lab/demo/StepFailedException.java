package io.microplatform.lab.demo;

/**
 * Exception thrown when a step of the demonstration fails.
 */
public final class StepFailedException extends RuntimeException {

	StepFailedException(String step, Throwable cause) {
		super(step, cause);
	}

}
