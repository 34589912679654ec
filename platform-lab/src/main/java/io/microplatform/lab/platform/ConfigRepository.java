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
 * An editable copy of the checkout's configuration.
 *
 * @param original the checkout's configuration directory
 * @param directory the directory of the copy
 */
public record ConfigRepository(Path original, Path directory) {

	/**
	 * Copies the configuration.
	 * @param root the root directory of the checkout
	 * @param directory the parent directory of the copy
	 * @return the copy
	 */
	public static ConfigRepository copyOf(Path root, Path directory) {
		ConfigRepository copy = new ConfigRepository(root.resolve("config-repo"),
				directory.resolve("config-repo").toAbsolutePath());
		copy.reset();
		return copy;
	}

	/**
	 * Restores all files to the state in the checkout.
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
	 * Replaces a file with the checkout's version and the given properties. Earlier
	 * changes of the file are discarded.
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
