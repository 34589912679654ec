package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

import io.microplatform.local.process.MachineMemory;
import org.jspecify.annotations.Nullable;

/**
 * Checks that there is enough memory and disk space for what is not running yet.
 */
final class ResourceCheck {

	static final String MINIMUM = "PLATFORM_MIN_MEMORY_MIB";

	/** The whole platform takes about 1700 MiB, and a little more while it starts. */
	private static final long USUAL_MINIMUM_MIB = 2048;

	/**
	 * Programs, extracted jars, their ahead-of-time caches and fresh data take about half
	 * of that.
	 */
	private static final long DISK_MIB = 2048;

	private static final long BYTES_PER_MIB = 1024 * 1024;

	/** The processes for which that minimum is: others need as much on average. */
	private static final int USUAL_PROCESSES = 8;

	private final long minimumMiB;

	/**
	 * Reads what the user demands.
	 * @throws CommandFailedException when that is no number
	 */
	ResourceCheck(Map<String, String> environment) throws CommandFailedException {
		@Nullable String value = environment.get(MINIMUM);
		if (value != null && !value.isBlank() && !value.matches("\\d{1,7}")) {
			throw new CommandFailedException(
					"invalid value '%s' in %s: must be whole MiB, or 0 for no minimum".formatted(value, MINIMUM));
		}
		this.minimumMiB = (value == null || value.isBlank()) ? USUAL_MINIMUM_MIB : Long.parseLong(value);
	}

	/**
	 * Looks at the memory that is left.
	 * @param missing how many processes are to be started
	 */
	PreflightFinding memory(long missing) {
		long needed = this.minimumMiB * missing / USUAL_PROCESSES;
		OptionalLong available = MachineMemory.availableMiB();
		if (available.isEmpty()) {
			return PreflightFinding.good("memory: this system does not say how much is available");
		}
		if (available.getAsLong() >= needed) {
			return PreflightFinding.good(String.format(Locale.ROOT, "%d MiB of memory available, %d MiB needed",
					available.getAsLong(), needed));
		}
		return PreflightFinding.bad(String.format(Locale.ROOT,
				"%d MiB of memory available, but %d processes to start need %d MiB: end other programs, or"
						+ " lower %s (%d, for all of the platform)",
				available.getAsLong(), missing, needed, MINIMUM, this.minimumMiB));
	}

	/** Looks at the disk on which the state is, or is going to be. */
	PreflightFinding disk(Path state, long missing) throws IOException {
		Path existing = state;
		while (!Files.exists(existing)) {
			existing = existing.resolve("..").normalize();
		}
		long free = Files.getFileStore(existing).getUsableSpace() / BYTES_PER_MIB;
		return (free >= DISK_MIB || missing == 0)
				? PreflightFinding.good(String.format(Locale.ROOT, "%d MiB of disk free at %s", free, state))
				: PreflightFinding.bad(String.format(Locale.ROOT,
						"%d MiB of disk free at %s, %d MiB needed: make room, or choose another directory with"
								+ " PLATFORM_STATE_DIR",
						free, state, DISK_MIB));
	}

}
