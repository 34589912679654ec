package io.microplatform.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds processes that use a platform's directories but have no record.
 */
public final class OrphanedProcesses {

	private OrphanedProcesses() {
	}

	/**
	 * This user's processes that run in or on one of the directories, those started by
	 * others of them left out.
	 * @param directories absolute, used only by the platform's processes
	 * @param known processes that are on record
	 */
	public static List<RunningProcess> in(List<Path> directories, List<RunningProcess> known) {
		Set<Long> expected = new HashSet<>();
		known.forEach((process) -> expected.addAll(process.tree()));
		List<ProcessHandle> strays = ProcessHandle.allProcesses()
			.filter((handle) -> !expected.contains(handle.pid()) && uses(handle, directories))
			.toList();
		return strays.stream()
			.filter((handle) -> handle.parent().filter(strays::contains).isEmpty())
			.flatMap((handle) -> RunningProcess.of(handle.pid()).stream())
			.toList();
	}

	private static boolean uses(ProcessHandle handle, List<Path> directories) {
		String line = handle.info().commandLine().orElse("");
		Path at = workingDirectory(handle.pid());
		return directories.stream()
			.anyMatch((directory) -> at.startsWith(directory) || line.contains(directory.toString() + "/"));
	}

	/** Only Linux tells; elsewhere the command line has to. */
	private static Path workingDirectory(long pid) {
		try {
			return Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd"));
		}
		catch (IOException | UnsupportedOperationException unknown) {
			return Path.of("");
		}
	}

}
