package io.microplatform.local.process;

import java.nio.file.Path;

/**
 * The Java that runs this JVM, which runs the platform's other JVMs too.
 */
public final class CurrentJava {

	private CurrentJava() {
	}

	public static String executable() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

}
