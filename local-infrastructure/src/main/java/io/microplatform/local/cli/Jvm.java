package io.microplatform.local.cli;

import java.util.List;

/**
 * How the JVMs of the services run on a developer's machine, where five of them share two
 * cores.
 */
final class Jvm {

	static final List<String> FLAGS = List.of(
			// A collector without threads and tables of its own: the heaps are small.
			"-XX:+UseSerialGC", "-Xmx256m",
			// The quick compiler only: ready in half the CPU time, and it takes less
			// memory.
			"-XX:TieredStopAtLevel=1",
			// Eight bytes less for every object.
			"-XX:+UseCompactObjectHeaders",
			// A JVM without memory is gone, not half alive: `status` shows it, `up`
			// repairs it.
			"-XX:+ExitOnOutOfMemoryError");

	private Jvm() {
	}

}
