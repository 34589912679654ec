package io.microplatform.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A hash of texts and files, which names what was made from them. Not thread-safe.
 */
final class Fingerprint {

	private static final int BUFFER = 1 << 16;

	/** Hexadecimal digits that are enough for the name of a file. */
	private static final int LENGTH = 16;

	private final MessageDigest digest;

	Fingerprint() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Fingerprint add(String text) {
		this.digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
		return this;
	}

	/** Adds the names of files, relative to a directory, and their contents. */
	Fingerprint add(Path directory, List<Path> files) throws IOException {
		for (Path file : files) {
			add(directory.relativize(file) + " " + Files.size(file));
			add(file);
		}
		return this;
	}

	private void add(Path file) throws IOException {
		byte[] buffer = new byte[BUFFER];
		try (InputStream content = Files.newInputStream(file)) {
			for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
				this.digest.update(buffer, 0, length);
			}
		}
	}

	/** Returns the hash. Nothing can be added afterwards. */
	String value() {
		return HexFormat.of().formatHex(this.digest.digest()).substring(0, LENGTH);
	}

}
