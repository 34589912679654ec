package io.microplatform.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The memory of a process and its children.
 */
public final class Memory {

	private static final long KIB_PER_MIB = 1024;

	private Memory() {
	}

	/**
	 * Their share in MiB: pages that several processes use are counted once, divided
	 * among them (PSS). Where the system does not tell, their resident set.
	 */
	public static long pssMiB(RunningProcess process) {
		List<Long> pids = process.tree();
		long kib = Files.exists(Path.of("/proc/self/smaps_rollup")) ? pids.stream().mapToLong(Memory::pss).sum()
				: resident(pids);
		return Math.round(kib / (double) KIB_PER_MIB);
	}

	private static long pss(long pid) {
		try {
			return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))
				.stream()
				.filter((line) -> line.startsWith("Pss:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum();
		}
		catch (IOException goneOrNotOurs) {
			return 0;
		}
	}

	private static long resident(List<Long> pids) {
		String list = pids.stream().map(String::valueOf).collect(Collectors.joining(","));
		try {
			Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", list).start();
			return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.mapToLong((line) -> Long.parseLong(line.strip()))
				.sum();
		}
		catch (IOException ex) {
			return 0;
		}
	}

}
