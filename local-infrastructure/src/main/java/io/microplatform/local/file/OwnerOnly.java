package io.microplatform.local.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates files and directories that no other user can read at any time, whatever the
 * umask is.
 */
public final class OwnerOnly {

	private static final FileAttribute<Set<PosixFilePermission>> FILE = attribute("rw-------");

	private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY = attribute("rwx------");

	private OwnerOnly() {
	}

	private static FileAttribute<Set<PosixFilePermission>> attribute(String permissions) {
		return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
	}

	/**
	 * Creates a file and opens it for writing.
	 * @throws java.nio.file.FileAlreadyExistsException if the file exists
	 */
	public static OutputStream createFile(Path file) throws IOException {
		return new BufferedOutputStream(Channels.newOutputStream(
				Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE)));
	}

	/** Creates a directory, and those above it; one that exists stays unchanged. */
	public static void createDirectories(Path directory) throws IOException {
		Files.createDirectories(directory, DIRECTORY);
	}

}
