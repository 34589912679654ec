package io.microplatform.local.process;

import java.util.Locale;

/**
 * The operating system of this machine.
 */
public final class OperatingSystem {

	private OperatingSystem() {
	}

	public static boolean isLinux() {
		return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
	}

}
