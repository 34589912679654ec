package io.microplatform.config.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.microplatform.configfiles.ConfigFiles;
import org.jspecify.annotations.Nullable;

import org.springframework.util.FileSystemUtils;

/**
 * The directory of snapshots: one directory per snapshot, named by its version, the hash
 * of its contents, and never changed once it is there; the file {@code current}, whose
 * only line is the version to serve; and {@code history}, a line for each
 * {@link Publication}. A publisher replaces {@code current} by a rename, so that every
 * reader sees one whole snapshot. Safe for use by several threads, and by several
 * processes.
 */
public class PublishedSnapshots {

	private static final Pattern VERSION = Pattern.compile("[0-9a-zA-Z_-]{1,128}");

	private final Path directory;

	private volatile @Nullable String refusal;

	/**
	 * The snapshots in a directory.
	 * @param directory where they are, or will be
	 */
	public PublishedSnapshots(Path directory) {
		this.directory = directory.toAbsolutePath().normalize();
	}

	/** Where other files about the snapshots belong. */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Returns the snapshot that is published now.
	 * @return the snapshot
	 * @throws NoSnapshotException if none is published or what is published is not whole
	 * @throws RefusedSnapshotException if none is published because the only one was
	 * refused
	 */
	public Snapshot current() {
		Path current = this.directory.resolve("current");
		@Nullable String refused = this.refusal;
		if (refused != null && !Files.exists(current)) {
			throw new RefusedSnapshotException(refused);
		}
		String version = read(current).strip();
		if (!VERSION.matcher(version).matches()) {
			throw new NoSnapshotException(current + " does not hold the version of a snapshot");
		}
		Path snapshot = this.directory.resolve(version);
		if (!isWhole(snapshot)) {
			throw new NoSnapshotException("the published snapshot " + snapshot + " has no application.yml");
		}
		return new Snapshot(version, snapshot);
	}

	/**
	 * Tells those that wait for the first snapshot why there is none, until there is.
	 * @param reason why what was to be published cannot be
	 */
	public void refuse(String reason) {
		this.refusal = reason;
	}

	/**
	 * Returns the version that is published now.
	 * @return its name; empty when there is none, or it is not whole
	 */
	public Optional<String> published() {
		try {
			return Optional.of(current().version());
		}
		catch (NoSnapshotException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns whether a snapshot is there, published or not.
	 * @param version its version, or anything else
	 * @return whether it is whole
	 */
	public boolean has(String version) {
		return VERSION.matcher(version).matches() && isWhole(this.directory.resolve(version));
	}

	/**
	 * Returns a snapshot that need not be published.
	 * @param version its version
	 * @return the snapshot
	 * @throws UnknownVersionException when there is none of this version
	 */
	public Snapshot of(String version) {
		if (!has(version)) {
			throw new UnknownVersionException(version);
		}
		return new Snapshot(version, this.directory.resolve(version));
	}

	/**
	 * Keeps a snapshot, without publishing it.
	 * @param version its version, which no other contents have
	 * @param files their contents by their names
	 * @throws IllegalArgumentException when they lack the file that every service reads
	 * @throws UncheckedIOException when it could not be written; then nothing is left of
	 * it
	 */
	public synchronized void store(String version, Map<String, byte[]> files) {
		if (!files.containsKey(ConfigFiles.SHARED)) {
			throw new IllegalArgumentException("version %s has no %s".formatted(version, ConfigFiles.SHARED));
		}
		Path snapshot = this.directory.resolve(version);
		if (isWhole(snapshot)) {
			return;
		}
		try {
			Path fresh = Files.createTempDirectory(Files.createDirectories(this.directory), "next-");
			try {
				for (Map.Entry<String, byte[]> file : files.entrySet()) {
					Files.write(fresh.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW,
							StandardOpenOption.WRITE, StandardOpenOption.SYNC);
				}
				force(fresh);
				move(fresh, snapshot);
				force(this.directory);
			}
			finally {
				FileSystemUtils.deleteRecursively(fresh);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Another config server may be faster; what is not whole makes room. */
	private static void move(Path fresh, Path snapshot) throws IOException {
		if (!isWhole(snapshot)) {
			FileSystemUtils.deleteRecursively(snapshot);
		}
		try {
			Files.move(fresh, snapshot, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			if (!isWhole(snapshot)) {
				throw ex;
			}
		}
	}

	/**
	 * Makes a snapshot the one that is served, for good: the file system has it.
	 * @param publication which, and for whom
	 * @throws UncheckedIOException when it could not be written; then what was served is
	 * still
	 */
	public synchronized void publish(Publication publication) {
		Snapshot snapshot = of(publication.version());
		try {
			write("current", snapshot.version());
			this.refusal = null;
			Files.writeString(this.directory.resolve("history"), publication.asLine() + "\n", StandardOpenOption.CREATE,
					StandardOpenOption.APPEND, StandardOpenOption.SYNC);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Who published what and when, the oldest first.
	 * @return all that is on record
	 */
	public List<Publication> history() {
		Path history = this.directory.resolve("history");
		if (!Files.exists(history)) {
			return List.of();
		}
		try (Stream<String> lines = Files.lines(history)) {
			return lines.flatMap((line) -> Publication.ofLine(line).stream()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Replaces the only line of a file in the directory. Readers see the old or the new
	 * line, also after a power failure.
	 * @param name the name of the file
	 * @param line the line
	 * @throws UncheckedIOException when it could not be written; then the old line is
	 * still there
	 */
	public void write(String name, String line) {
		try {
			Path next = Files.writeString(this.directory.resolve(name + ".next"), line + "\n",
					StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE,
					StandardOpenOption.SYNC);
			Files.move(next, this.directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			force(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A rename alone is not on the disk yet. */
	private static void force(Path directory) throws IOException {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

	private static boolean isWhole(Path snapshot) {
		return Files.isRegularFile(snapshot.resolve(ConfigFiles.SHARED));
	}

	private static String read(Path current) {
		try {
			return Files.readString(current);
		}
		catch (IOException ex) {
			throw new NoSnapshotException("no snapshot is published: cannot read " + current, ex);
		}
	}

}
