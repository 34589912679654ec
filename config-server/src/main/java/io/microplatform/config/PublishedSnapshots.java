package io.microplatform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.springframework.stereotype.Component;

/**
 * The directory of published snapshots: one directory per snapshot, named by its hash and
 * never changed once it is there, and the file {@code current}, whose only line is the
 * hash to serve. A publisher replaces {@code current} by a rename, so that every reader
 * sees one whole snapshot. Safe for use by several threads.
 */
@Component
class PublishedSnapshots {

	private static final Pattern HASH = Pattern.compile("[0-9a-zA-Z_-]{1,128}");

	private final Path directory;

	PublishedSnapshots(ConfigProperties properties) {
		this.directory = properties.snapshots().toAbsolutePath().normalize();
	}

	/**
	 * Returns the snapshot that is published now.
	 * @return the snapshot
	 * @throws NoSnapshotException if none is published or what is published is not whole
	 */
	Snapshot current() {
		Path current = this.directory.resolve("current");
		String hash = read(current).strip();
		if (!HASH.matcher(hash).matches()) {
			throw new NoSnapshotException(current + " does not hold the hash of a snapshot");
		}
		Path snapshot = this.directory.resolve(hash);
		if (!Files.isRegularFile(snapshot.resolve("application.yml"))) {
			throw new NoSnapshotException("the published snapshot " + snapshot + " has no application.yml");
		}
		return new Snapshot(hash, snapshot);
	}

	private static String read(Path current) {
		try {
			return Files.readString(current);
		}
		catch (IOException ex) {
			throw new NoSnapshotException("no snapshot is published: cannot read " + current, ex);
		}
	}

	record Snapshot(String hash, Path directory) {

	}

}
