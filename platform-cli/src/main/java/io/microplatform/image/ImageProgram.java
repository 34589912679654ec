package io.microplatform.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A program of which an image is made.
 *
 * @param name the name of the image, and of the program's jar in it
 * @param jar the program's jar
 * @param libraries the jars that it needs, {@code lib/} in the image
 * @param main the start of the program; null if the jar names its main class and its
 * libraries
 * @param files more files, by their paths below {@code /app}
 * @param directories absolute paths of empty directories that belong to the user of the
 * container; an empty volume takes its owner from them
 * @param environment the default environment variables of a container
 * @param ports the ports on which it listens
 * @param isTrained whether it gets an ahead-of-time cache
 */
public record ImageProgram(String name, Path jar, List<Path> libraries, @Nullable Main main, Map<String, Path> files,
		Set<String> directories, Map<String, String> environment, Set<Integer> ports, boolean isTrained) {

	public ImageProgram {
		libraries = List.copyOf(libraries);
		files = Map.copyOf(files);
		directories = Set.copyOf(directories);
		environment = Map.copyOf(environment);
		ports = Set.copyOf(ports);
	}

	/**
	 * The start of a program whose jar does not describe it.
	 *
	 * @param className the main class
	 * @param options additional options of the JVM
	 * @param arguments the default arguments of a container
	 */
	public record Main(String className, List<String> options, List<String> arguments) {

		public Main {
			options = List.copyOf(options);
			arguments = List.copyOf(arguments);
		}

	}

}
