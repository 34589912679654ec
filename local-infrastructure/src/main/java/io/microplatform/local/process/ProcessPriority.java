package io.microplatform.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The scheduling priority (POSIX niceness) of a process. Any user can lower the priority
 * of a process; raising it again needs a right that only root has on most systems.
 * Thread-safe.
 */
public enum ProcessPriority {

	/** The default: others depend on the process, and it does little work by itself. */
	NORMAL(0),

	/**
	 * About half of the CPU time of a process with the default priority: a service that
	 * uses all the CPU time it gets leaves enough to the gateway, which refuses further
	 * requests. With much less, the pauses of garbage collection become long, because a
	 * single thread collects while all others are stopped.
	 */
	SERVICE(3);

	/**
	 * About a tenth of the CPU time of a process with the default priority. A starting
	 * JVM uses ten seconds of CPU time or more, which instances that serve requests would
	 * lack.
	 */
	private static final int JOINING = 10;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final int niceness;

	ProcessPriority(int niceness) {
		this.niceness = niceness;
	}

	/** The command, such that its program has this priority. */
	public Command of(Command command) {
		return (this.niceness == 0) ? command : nice(this.niceness, command);
	}

	/**
	 * The command, such that its program yields to others until {@link #restore}. If its
	 * priority could not be raised again, the program has this priority from the start,
	 * because it would stay slow otherwise.
	 */
	public Command joining(Command command) {
		return Right.TO_TAKE_BACK ? nice(JOINING, command) : of(command);
	}

	private static Command nice(int niceness, Command command) {
		List<String> line = Stream.concat(Stream.of("nice", "-n", number(niceness)), command.line().stream()).toList();
		return new Command(line, command.environment(), command.directory());
	}

	/**
	 * Gives a process, which leads a process group, this priority; all its threads, on
	 * Linux, where each has a niceness of its own. Does nothing without the right to
	 * raise a priority.
	 * @throws IOException when it is gone
	 */
	public void restore(RunningProcess process) throws IOException {
		if (Right.TO_TAKE_BACK) {
			Tool.run("setting the niceness of a process",
					List.of("renice", number(this.niceness), "-g", Long.toString(process.pid())), PATIENCE);
		}
	}

	private static String number(long number) {
		return String.format(Locale.ROOT, "%d", number);
	}

	/** Asked once, by doing it. */
	private static final class Right {

		private static final boolean TO_TAKE_BACK = isGiven();

		private static boolean isGiven() {
			try {
				Tool.run("taking niceness back", List.of("nice", "-n", number(JOINING), "sh", "-c", "renice 0 -p $$"),
						PATIENCE);
				return true;
			}
			catch (IOException ex) {
				return false;
			}
		}

	}

}
