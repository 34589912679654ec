package io.microplatform.lab.demo;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs the steps of a demonstration and prints each one with its result. The first
 * failure ends the demonstration.
 */
final class DemoSteps {

	private static final int WHAT_COLUMNS = 32;

	private final PrintStream out;

	DemoSteps(PrintStream out) {
		this.out = out;
	}

	/**
	 * Runs a step.
	 * @param <T> the type of the result
	 * @param what the expected event
	 * @param act performs the step, and throws an exception if it fails
	 * @param seen describes the result in a few words
	 * @return the result
	 * @throws StepFailedException if the step fails; it is already printed
	 */
	<T> T take(String what, Supplier<T> act, Function<T, String> seen) {
		T result;
		String description;
		try {
			result = act.get();
			description = seen.apply(result);
		}
		catch (RuntimeException ex) {
			line("✗", what, (ex.getMessage() != null) ? ex.getMessage() : ex.toString());
			throw new StepFailedException(what, ex);
		}
		line("✓", what, description);
		return result;
	}

	/**
	 * Prints a detail below the last step.
	 * @param detail the detail
	 */
	void detail(String detail) {
		this.out.println("    " + detail);
	}

	/**
	 * Prints a part of the demonstration that does not apply to the platform.
	 * @param what the part
	 * @param why the reason in a few words
	 */
	void leaveOut(String what, String why) {
		line("-", what, "left out: " + why);
	}

	private void line(String sign, String what, String seen) {
		this.out.println(("%s %-" + WHAT_COLUMNS + "s — %s").formatted(sign, what, seen));
	}

}
