package io.microplatform.local.process;

import java.util.Locale;

/**
 * What this machine runs, where that makes a difference.
 */
public final class OperatingSystem {

	private OperatingSystem() {
	}

	public static boolean isLinux() {
		return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
	}

}
