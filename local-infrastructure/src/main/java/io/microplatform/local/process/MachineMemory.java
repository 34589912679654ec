package io.microplatform.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The available memory of this machine.
 */
public final class MachineMemory {

	private static final Path MEMINFO = Path.of("/proc/meminfo");

	private static final long BYTES_PER_MIB = 1024 * 1024;

	private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

	private static final Pattern PAGE_SIZE = Pattern.compile("page size of (\\d+) bytes");

	/** What macOS can hand out without swapping. */
	private static final Pattern PAGES = Pattern
		.compile("(?m)^Pages (?:free|inactive|speculative|purgeable):\\s+(\\d+)\\.$");

	private MachineMemory() {
	}

	/**
	 * MiB that can be had without swapping; empty when the system does not tell.
	 */
	public static OptionalLong availableMiB() {
		try {
			if (Files.exists(MEMINFO)) {
				return fromMeminfo(Files.readString(MEMINFO));
			}
			Process tool = new ProcessBuilder("vm_stat").start();
			return fromVmStat(new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			return OptionalLong.empty();
		}
	}

	static OptionalLong fromMeminfo(String text) {
		Matcher available = AVAILABLE.matcher(text);
		return available.find() ? OptionalLong.of(Long.parseLong(available.group(1)) / 1024) : OptionalLong.empty();
	}

	static OptionalLong fromVmStat(String text) {
		Matcher size = PAGE_SIZE.matcher(text);
		if (!size.find()) {
			return OptionalLong.empty();
		}
		long pages = PAGES.matcher(text).results().mapToLong((match) -> Long.parseLong(match.group(1))).sum();
		return OptionalLong.of(pages * Long.parseLong(size.group(1)) / BYTES_PER_MIB);
	}

}
