package io.microplatform.acceptance.platform;

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
 * A copy of the configuration, to be edited without touching the checkout's.
 *
 * @param original the checkout's
 * @param directory the copy
 */
public record ConfigRepository(Path original, Path directory) {

	/**
	 * Makes a copy.
	 * @param root the checkout
	 * @param directory below which it is made
	 * @return the copy
	 */
	public static ConfigRepository copyOf(Path root, Path directory) {
		ConfigRepository copy = new ConfigRepository(root.resolve("config-repo"),
				directory.resolve("config-repo").toAbsolutePath());
		copy.reset();
		return copy;
	}

	/**
	 * Everything as it is in the checkout.
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
	 * Lets a file be as in the checkout, but for some properties.
	 * @param file its name without {@code .yml}: a service, or {@code application}
	 * @param properties what is different, as it would be written in YAML
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
