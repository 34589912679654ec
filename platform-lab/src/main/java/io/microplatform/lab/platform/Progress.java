package io.microplatform.lab.platform;

import java.io.PrintStream;

/**
 * Prints the progress of a long operation.
 *
 * @param err the stream to print to
 */
public record Progress(PrintStream err) {

	public void report(String step) {
		this.err.println("… " + step);
	}

}
