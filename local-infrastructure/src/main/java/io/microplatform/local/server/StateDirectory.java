package io.microplatform.local.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import io.microplatform.local.file.AtomicFile;

/**
 * The directory with all data of one platform.
 *
 * @param root the directory, for its owner only
 * @param programs extracted programs, which several platforms may share
 */
public record StateDirectory(Path root, Path programs) {

	private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	public StateDirectory(Path root) {
		this(root, root.resolve("programs"));
	}

	public Path secrets() {
		return this.root.resolve("secrets.env");
	}

	public Path logs() {
		return this.root.resolve("logs");
	}

	public Path run() {
		return this.root.resolve("run");
	}

	public Path environment(String service) {
		return this.root.resolve("env").resolve(service + ".env");
	}

	public Path data(String server) {
		return this.root.resolve("data").resolve(server);
	}

	public Path apps() {
		return this.root.resolve("apps");
	}

	public Path config() {
		return this.root.resolve("config");
	}

	/** Makes the directory, readable by its owner only. */
	public StateDirectory create() throws IOException {
		createOwnerOnly(this.root);
		return this;
	}

	public static void createOwnerOnly(Path directory) throws IOException {
		if (!Files.isDirectory(directory)) {
			Files.createDirectories(directory.toAbsolutePath().getParent());
			Files.createDirectories(directory, OWNER_ONLY);
		}
	}

	/**
	 * Replaces the file's content as a whole; no one but the owner can ever read it.
	 */
	public static void writeSecret(Path file, String content) throws IOException {
		createOwnerOnly(file.toAbsolutePath().resolveSibling(""));
		new AtomicFile(file).writeSecret(content);
	}

}
