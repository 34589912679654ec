package io.microplatform.lab.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The generated secrets of a platform: a file with lines such as
 * {@code PLATFORM_TOKENS_SECRET=…}, or a directory with a file of that name for each
 * secret. Reads the files at each call.
 *
 * @param location the file or the directory
 */
record SecretFiles(Path location) {

	/**
	 * Returns a secret.
	 * @param name the name of the secret
	 * @return the value
	 * @throws IllegalStateException if there is no secret of that name
	 */
	String get(String name) {
		try {
			return Files.isDirectory(this.location) ? fileOf(name) : lineOf(name);
		}
		catch (NoSuchFileException ex) {
			throw new IllegalStateException("%s has no secret %s".formatted(this.location, name), ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + this.location, ex);
		}
	}

	private String fileOf(String name) throws IOException {
		return Files.readString(this.location.resolve(name)).strip();
	}

	private String lineOf(String name) throws IOException {
		return Files.readAllLines(this.location)
			.stream()
			.filter((line) -> line.startsWith(name + "="))
			.map((line) -> line.substring(name.length() + 1))
			.findFirst()
			.orElseThrow(() -> new NoSuchFileException(name));
	}

}
