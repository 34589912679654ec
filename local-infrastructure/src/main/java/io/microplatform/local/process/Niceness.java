package io.microplatform.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much of the processors a process leaves to others, in the sense of POSIX. A JVM
 * that starts takes all that it can get, for ten seconds of processor time or more, and
 * would take it from those that serve meanwhile.
 * <p>
 * Everybody may make a process nicer; taking that back takes a right that on most systems
 * only root has. Without it nothing is done here, as an instance that stayed nice would
 * be a slow one for ever. Thread-safe.
 */
public final class Niceness {

	/** About a tenth of the processor time that another one gets when both want it. */
	private static final String YIELDING = "10";

	private static final String USUAL = "0";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private Niceness() {
	}

	/** The command, such that its program yields to others until {@link #end}. */
	public static Command yielding(Command command) {
		if (!Right.TO_TAKE_BACK) {
			return command;
		}
		List<String> line = Stream.concat(Stream.of("nice", "-n", YIELDING), command.line().stream()).toList();
		return new Command(line, command.environment(), command.directory());
	}

	/**
	 * Lets a process, which leads a process group, no longer yield; all its threads, on
	 * Linux, where each has a niceness of its own.
	 * @throws IOException when it is gone
	 */
	public static void end(RunningProcess process) throws IOException {
		if (Right.TO_TAKE_BACK) {
			Tool.run("ending the niceness of a process", List.of("renice", USUAL, "-g", Long.toString(process.pid())),
					PATIENCE);
		}
	}

	/** Asked once, by doing it. */
	private static final class Right {

		private static final boolean TO_TAKE_BACK = isGiven();

		private static boolean isGiven() {
			try {
				Tool.run("taking niceness back",
						List.of("nice", "-n", YIELDING, "sh", "-c", "renice " + USUAL + " -p $$"), PATIENCE);
				return true;
			}
			catch (IOException ex) {
				return false;
			}
		}

	}

}
