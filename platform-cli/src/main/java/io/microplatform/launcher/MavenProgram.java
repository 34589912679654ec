package io.microplatform.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program {@code mvn}.
 */
public final class MavenProgram {

	/** The error message when {@code mvn} is missing. */
	public static final String MISSING = "Maven is not on the PATH: install it (3.8 or later), or add its bin directory";

	private MavenProgram() {
	}

	/**
	 * Finds the program.
	 * @param path the value of {@code PATH}
	 * @return the program; empty if no directory has it
	 */
	public static Optional<Path> find(String path) {
		return Stream.of(path.split(File.pathSeparator))
			.map((directory) -> Path.of(directory, "mvn"))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Prepares the environment of a run on the JDK of this JVM, so that one JVM compiles
	 * all modules. Passes on the JVM options that the script hides from this JVM.
	 * @param environment the environment of this process, which is changed
	 */
	public static void prepare(Map<String, String> environment) {
		environment.put("JAVA_HOME", System.getProperty("java.home"));
		for (String options : List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS")) {
			String hidden = environment.get("MAVEN_" + options);
			if (hidden != null) {
				environment.put(options, hidden);
			}
		}
	}

}
