package io.microplatform.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An editable copy of a configuration.
 *
 * @param original the directory of the original, which is never changed
 * @param directory the directory of the copy
 */
public record ConfigRepository(Path original, Path directory) {

	private static final String NAME = "config-repo";

	/**
	 * Copies the configuration of a checkout.
	 * @param root the root directory of the checkout
	 * @param directory the parent directory of the copy
	 * @return the copy
	 */
	public static ConfigRepository copyOf(Path root, Path directory) {
		return copyOfFiles(root.resolve(NAME), directory);
	}

	/**
	 * Copies a configuration.
	 * @param original its directory
	 * @param directory the parent directory of the copy, another one than that of the
	 * original
	 * @return the copy
	 */
	static ConfigRepository copyOfFiles(Path original, Path directory) {
		ConfigRepository copy = new ConfigRepository(original, directory.resolve(NAME).toAbsolutePath());
		copy.reset();
		return copy;
	}

	/**
	 * Restores all files to the state of the original.
	 */
	public void reset() {
		try (Stream<Path> files = Files.list(this.original)) {
			Files.createDirectories(this.directory);
			for (Path file : files.toList()) {
				Files.copy(file, this.directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot copy " + this.original, ex);
		}
	}

	/**
	 * Replaces a file with the original and the given properties. Earlier changes of the
	 * file are discarded.
	 * @param file the file name without {@code .yml}: a service, or {@code application}
	 * @param properties the changed properties, with values in YAML
	 */
	public void change(String file, Map<String, String> properties) {
		String name = file + ".yml";
		String changes = new TreeMap<>(properties).entrySet()
			.stream()
			.map((property) -> property.getKey() + ": " + property.getValue() + "\n")
			.collect(Collectors.joining());
		try {
			Files.writeString(this.directory.resolve(name),
					Files.readString(this.original.resolve(name)) + "\n---\n" + changes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot change " + name, ex);
		}
	}

}
