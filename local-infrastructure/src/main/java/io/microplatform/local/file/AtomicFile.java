package io.microplatform.local.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A file whose content is replaced atomically: a reader, a crash and a power failure find
 * the old content or the new content, never a part of it.
 *
 * @param path the file
 */
public record AtomicFile(Path path) {

	private static final FileAttribute<Set<PosixFilePermission>> SECRET = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

	/**
	 * Reads the content; bytes that are not UTF-8 become replacement characters.
	 * @return the content, empty only when the file does not exist
	 * @throws IOException when the file exists, or may exist, and cannot be read
	 */
	public Optional<String> read() throws IOException {
		try {
			return Optional.of(new String(Files.readAllBytes(this.path), StandardCharsets.UTF_8));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	public void write(String content) throws IOException {
		replaceBy(content);
	}

	/** Writes a file that only its owner can ever read. */
	public void writeSecret(String content) throws IOException {
		replaceBy(content, SECRET);
	}

	private void replaceBy(String content, FileAttribute<?>... attributes) throws IOException {
		Path fresh = this.path.resolveSibling(this.path.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
		Files.deleteIfExists(fresh);
		Files.createFile(fresh, attributes);
		Files.writeString(fresh, content, StandardOpenOption.WRITE);
		replaceBy(fresh);
	}

	/**
	 * Puts a finished file in the place of this one.
	 * @param fresh a file in the same directory, which is gone afterwards
	 */
	public void replaceBy(Path fresh) throws IOException {
		Disk.force(fresh);
		Files.move(fresh, this.path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		Disk.force(this.path.toAbsolutePath().resolveSibling(""));
	}

}
