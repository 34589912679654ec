package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Tells a process from a later process with the same pid.
 */
final class ProcessMark {

	private static final int STATE = 0;

	private static final int THREADS = 17;

	private static final int START_TICKS = 19;

	private ProcessMark() {
	}

	/**
	 * The mark of a living process; empty for one that is gone or only waits to be reaped
	 * by its parent. One whose first thread has ended lives on as long as another thread
	 * does: its ports are not free before. On Linux the start is read in ticks since
	 * boot, because as wall clock time it moves whenever the clock is set.
	 */
	static Optional<String> of(long pid) {
		Path stat = Path.of("/proc", Long.toString(pid), "stat");
		if (!Files.isDirectory(Path.of("/proc/self"))) {
			return ProcessHandle.of(pid)
				.filter(ProcessHandle::isAlive)
				.flatMap((handle) -> handle.info().startInstant())
				.map(Instant::toString);
		}
		try {
			String line = Files.readString(stat);
			String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
			boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
			return (ended && Integer.parseInt(fields[THREADS]) <= 1) ? Optional.empty()
					: Optional.of(boot() + "/" + fields[START_TICKS]);
		}
		catch (IOException gone) {
			return Optional.empty();
		}
	}

	private static String boot() throws IOException {
		return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
	}

}
