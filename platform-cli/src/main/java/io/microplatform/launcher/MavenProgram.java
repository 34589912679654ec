package io.microplatform.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
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

}
