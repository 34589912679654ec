package io.microplatform.acceptance.platform;

import java.io.PrintStream;

/**
 * Says what takes so long.
 *
 * @param err where
 */
public record Progress(PrintStream err) {

	public void say(String what) {
		this.err.println("… " + what);
	}

}
