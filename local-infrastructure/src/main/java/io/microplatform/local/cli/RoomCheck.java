package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

import io.microplatform.local.process.MachineMemory;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is memory and disk for what does not run yet.
 */
final class RoomCheck {

	static final String MINIMUM = "PLATFORM_MIN_MEMORY_MIB";

	/** The whole platform takes about 1700 MiB, and a little more while it starts. */
	private static final long USUAL_MINIMUM_MIB = 2048;

	/**
	 * Programs, extracted jars, their ahead-of-time caches and fresh data take about half
	 * of that.
	 */
	private static final long DISK_MIB = 2048;

	private static final long BYTES_PER_MIB = 1024 * 1024;

	private final long minimumMiB;

	/**
	 * Reads what the user demands.
	 * @throws CommandFailedException when that is no number
	 */
	RoomCheck(Map<String, String> environment) throws CommandFailedException {
		@Nullable String value = environment.get(MINIMUM);
		if (value != null && !value.isBlank() && !value.matches("\\d{1,7}")) {
			throw new CommandFailedException(
					"%s is \"%s\": give whole MiB, 0 to start whatever is left".formatted(MINIMUM, value));
		}
		this.minimumMiB = (value == null || value.isBlank()) ? USUAL_MINIMUM_MIB : Long.parseLong(value);
	}

	/**
	 * Looks at the memory that is left.
	 * @param missing how many processes are to be started
	 */
	Finding memory(long missing) {
		long needed = this.minimumMiB * missing / Plan.NAMES.size();
		OptionalLong available = MachineMemory.availableMiB();
		if (available.isEmpty()) {
			return Finding.good("memory: this system does not say how much is available");
		}
		if (available.getAsLong() >= needed) {
			return Finding.good(String.format(Locale.ROOT, "%d MiB of memory available, %d MiB needed",
					available.getAsLong(), needed));
		}
		return Finding.bad(String.format(Locale.ROOT,
				"%d MiB of memory available, but %d processes to start need %d MiB: end other programs, or"
						+ " lower %s (%d, for all of the platform)",
				available.getAsLong(), missing, needed, MINIMUM, this.minimumMiB));
	}

	/** Looks at the disk on which the state is, or is going to be. */
	Finding disk(Path state, long missing) throws IOException {
		Path existing = state;
		while (!Files.exists(existing)) {
			existing = existing.resolve("..").normalize();
		}
		long free = Files.getFileStore(existing).getUsableSpace() / BYTES_PER_MIB;
		return (free >= DISK_MIB || missing == 0)
				? Finding.good(String.format(Locale.ROOT, "%d MiB of disk free at %s", free, state))
				: Finding.bad(String.format(Locale.ROOT,
						"%d MiB of disk free at %s, %d MiB needed: make room, or choose another directory with"
								+ " PLATFORM_STATE_DIR",
						free, state, DISK_MIB));
	}

}
