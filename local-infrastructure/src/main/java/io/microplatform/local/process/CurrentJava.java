package io.microplatform.local.process;

import java.nio.file.Path;

/**
 * The Java executable of this JVM, which also runs the platform's other JVMs.
 */
public final class CurrentJava {

	private CurrentJava() {
	}

	public static String executable() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

}
