package io.microplatform.instance.configuration;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;

/**
 * Ends the start of a container whose memory limit is too small, with one line on
 * standard error and exit code 1. Otherwise, the kernel kills the JVM at some later
 * moment, without a message. Runs before the configuration is read, which can wait for
 * the config server.
 */
class MemoryLimit implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

	private static final String PROFILE = "container";

	private static final long MIB = 1024 * 1024;

	private static final long LEAST_MIB = 256;

	@Override
	public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
		String profiles = event.getEnvironment().getProperty("spring.profiles.active", "");
		flaw(profiles, memory()).ifPresent((flaw) -> {
			System.err.println(flaw);
			System.exit(1);
		});
	}

	/**
	 * Returns what is wrong with the limit.
	 * @param profiles the active profiles, separated by commas
	 * @param memory the memory of the container in bytes
	 * @return the line to print; empty if the limit is large enough, or this is not a
	 * container
	 */
	static Optional<String> flaw(String profiles, long memory) {
		boolean isContainer = List.of(profiles.split("\\s*,\\s*", -1)).contains(PROFILE);
		if (!isContainer || memory >= LEAST_MIB * MIB) {
			return Optional.empty();
		}
		return Optional.of(String.format(Locale.ROOT,
				"memory limit of %d MiB is too small: must be at least %d MiB, and 384 MiB are recommended",
				memory / MIB, LEAST_MIB));
	}

	/** Returns the limit of the container, or the memory of the machine. */
	private static long memory() {
		return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
	}

	/** Before the listener that reads the configuration. */
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
