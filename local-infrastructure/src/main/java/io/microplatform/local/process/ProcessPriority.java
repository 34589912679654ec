package io.microplatform.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scheduling priority (POSIX niceness) of a process that starts. A starting JVM uses
 * ten seconds of CPU time or more, which instances that serve requests would lack.
 * <p>
 * Any user can lower the priority of a process; raising it again needs a right that only
 * root has on most systems. Without that right the priority is not lowered, because the
 * instance would stay slow. Thread-safe.
 */
public final class ProcessPriority {

	/** About a tenth of the CPU time of a process with the default priority. */
	private static final String YIELDING = "10";

	private static final String USUAL = "0";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private ProcessPriority() {
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
