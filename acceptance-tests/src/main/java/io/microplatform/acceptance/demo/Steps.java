package io.microplatform.acceptance.demo;

import java.io.PrintStream;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Prints each step with a tick and what was seen, and ends the story at the first one
 * that does not hold.
 */
final class Steps {

	private static final int WHAT_COLUMNS = 32;

	private final PrintStream out;

	Steps(PrintStream out) {
		this.out = out;
	}

	/**
	 * Takes a step.
	 * @param <T> the type of what comes out of it
	 * @param what what should happen
	 * @param act makes it happen; throws when it does not
	 * @param seen says what was seen, in a few words
	 * @return what came out of it
	 * @throws StepFailedException when the step does not hold, already reported
	 */
	<T> T take(String what, Supplier<T> act, Function<T, String> seen) {
		T result;
		String tick;
		try {
			result = act.get();
			tick = seen.apply(result);
		}
		catch (RuntimeException ex) {
			line("✗", what, (ex.getMessage() != null) ? ex.getMessage() : ex.toString());
			throw new StepFailedException(what, ex);
		}
		line("✓", what, tick);
		return result;
	}

	/**
	 * Adds a detail below the last step.
	 * @param detail the detail
	 */
	void detail(String detail) {
		this.out.println("    " + detail);
	}

	private void line(String sign, String what, String seen) {
		this.out.println(("%s %-" + WHAT_COLUMNS + "s — %s").formatted(sign, what, seen));
	}

}
