package io.microplatform.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The signals that the platform sends.
 */
public enum Signal {

	TERM, INT, HUP, QUIT, KILL, STOP, CONT;

	/** Sends this signal; that one of the processes is already gone is no error. */
	void send(List<Long> pids) {
		if (pids.isEmpty()) {
			return;
		}
		List<String> line = new ArrayList<>(List.of("bash", "-c", "kill -s \"$0\" \"$@\" 2>/dev/null", name()));
		pids.forEach((pid) -> line.add(Long.toString(pid)));
		try {
			new ProcessBuilder(line).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
