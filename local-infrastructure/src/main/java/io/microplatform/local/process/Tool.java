package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program until it ends.
 */
public final class Tool {

	private Tool() {
	}

	/**
	 * Returns when the program has ended well.
	 * @param purpose what it does, for the message when it fails
	 * @throws IOException when it ends with another code than 0 or not in time, with all
	 * that it printed
	 */
	public static void run(String purpose, List<String> line, Duration patience) throws IOException {
		run(purpose, new ProcessBuilder(line), patience);
	}

	/** The same for a program that is told only what the command says. */
	public static void run(String purpose, Command command, Duration patience) throws IOException {
		run(purpose, command.processBuilder(command.line()), patience);
	}

	private static void run(String purpose, ProcessBuilder program, Duration patience) throws IOException {
		Path output = Files.createTempFile("platform", ".out");
		Process process = program.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			process.getOutputStream().close();
			if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
				throw new IOException("%s failed: %s".formatted(purpose, Files.readString(output).strip()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted: " + purpose, ex);
		}
		finally {
			process.destroyForcibly();
			Files.delete(output);
		}
	}

}
