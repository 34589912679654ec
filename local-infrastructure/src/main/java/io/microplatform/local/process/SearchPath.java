package io.microplatform.local.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The directories in which a shell looks for programs.
 *
 * @param directories the directories, separated as in {@code PATH}
 */
public record SearchPath(String directories) {

	/**
	 * Finds an installed program.
	 * @param names its names in different packages
	 * @return the program in the first directory that has it
	 */
	public Optional<Path> find(String... names) {
		return Arrays.stream(this.directories.split(File.pathSeparator))
			.filter((directory) -> !directory.isEmpty())
			.flatMap((directory) -> List.of(names).stream().map((name) -> Path.of(directory, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
