package io.microplatform.local.process;

import java.util.ArrayList;
import java.util.List;

/**
 * The options of the platform's JVMs, six of which share a few cores of one machine.
 */
public enum Jvm {

	/**
	 * With the quick compiler only: ready in half the CPU time, and it takes less memory.
	 */
	QUICK(1),

	/**
	 * With the optimizing compiler as well, as a server that stays: a request takes about
	 * half the CPU time, once minutes of load have paid for the compiling.
	 */
	FULL(4);

	/** Of the JVM's tiers of compilation. */
	private final int highestTier;

	Jvm(int highestTier) {
		this.highestTier = highestTier;
	}

	public List<String> flags() {
		List<String> flags = flags("-Xmx256m");
		// Elsewhere a JVM does not know the flag, and does not start.
		if (OperatingSystem.isLinux()) {
			// Pages of 2 MiB, where the system grants them: dozens for a heap, not
			// tens of thousands that are each made when they are first touched.
			flags.add("-XX:+UseTransparentHugePages");
		}
		return List.copyOf(flags);
	}

	/**
	 * Returns the options of a JVM in a container, which is a server that stays. They do
	 * not depend on this machine.
	 */
	public static List<String> containerFlags() {
		// The rest of the limit is for classes, machine code, compilers, threads and
		// buffers, which take up to 200 MiB under load, and for the probe: at 448 MiB, a
		// service has a heap of 179 MiB. Pages of 2 MiB would count as a whole.
		List<String> flags = FULL.flags("-XX:MaxRAMPercentage=40");
		// The objects of the ahead-of-time cache must fit into the initial heap, which is
		// 6 MiB by default: otherwise the JVM does not start. Unused pages cost nothing.
		flags.add("-XX:InitialRAMPercentage=25");
		// At its own address, the ahead-of-time cache stays a file in memory, which the
		// kernel can drop. At a random one, it is rewritten and counts: 60 MiB.
		flags.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=0"));
		// Gives back what the compilers have freed, every 5 s.
		flags.add("-XX:TrimNativeHeapInterval=5000");
		// Everything else in a container is read-only.
		flags.add("-Djava.io.tmpdir=/tmp");
		return List.copyOf(flags);
	}

	private List<String> flags(String heap) {
		List<String> flags = new ArrayList<>(NeutralLocale.JVM_FLAGS);
		flags.addAll(List.of(
				// A collector without threads and tables of its own: the heaps are small.
				"-XX:+UseSerialGC", heap, "-XX:TieredStopAtLevel=" + this.highestTier,
				// Both have a mark at which the whole heap is collected, although it has
				// room and requests wait. At the defaults (21 MiB of classes, 7 MiB of
				// new machine code) that is up to six times in the first minutes.
				"-XX:MetaspaceSize=160m", "-XX:ReservedCodeCacheSize=160m",
				// Carrier threads. With one per core, the default, all requests of a
				// service stall while two are not scheduled; with many (16), an
				// overloaded service took the CPU time that the gateway needs to refuse
				// requests.
				"-Djdk.virtualThreadScheduler.parallelism=4",
				// Eight bytes less for every object.
				"-XX:+UseCompactObjectHeaders",
				// A JVM without memory is gone, not half alive: `status` shows it, `up`
				// repairs it.
				"-XX:+ExitOnOutOfMemoryError"));
		return flags;
	}

}
