package io.microplatform.configfiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory of {@link Snapshot snapshots}, which the command line and the config
 * servers share. It has a subdirectory for each snapshot, named by its version and never
 * changed; the file {@code current} with the published version; and the file
 * {@code history} with a line for each {@link Publication}. Files are forced to the disk
 * and then renamed, so that readers, and a restart after a power failure, find the former
 * or the new state. Safe for use by several threads and processes.
 */
public class SnapshotStore {

	/**
	 * Names the file with the version that an unfinished rollout returns to. The config
	 * servers read and write it.
	 */
	public static final String UNFINISHED = "unfinished";

	private static final String CURRENT = "current";

	private static final String HISTORY = "history";

	/**
	 * Begins the names of directories that are about to become a snapshot, or were one.
	 */
	private static final String TEMPORARY = "next-";

	/** The publications on record, about 150 bytes each. */
	private static final int MOST_PUBLICATIONS = 1000;

	private static final Pattern VERSION = Pattern.compile("[0-9a-zA-Z_-]{1,128}");

	private final Path directory;

	/**
	 * Creates a store.
	 * @param directory the directory, which may be missing
	 */
	public SnapshotStore(Path directory) {
		this.directory = directory.toAbsolutePath().normalize();
	}

	/** The directory, for other files that belong to the snapshots. */
	public Path directory() {
		return this.directory;
	}

	/**
	 * Returns the published snapshot.
	 * @return the snapshot
	 * @throws NoSnapshotException if none is published, or the published one is not in
	 * the store
	 */
	public Snapshot current() {
		String version = read(CURRENT).orElseThrow(() -> new NoSnapshotException("no snapshot is published"));
		if (!has(version)) {
			throw new NoSnapshotException(
					"%s does not name a version in the store".formatted(this.directory.resolve(CURRENT)));
		}
		return new Snapshot(version, this.directory.resolve(version));
	}

	/**
	 * Returns the published version.
	 * @return its name; empty if {@link #current()} would fail
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
	 * Returns whether the store has a snapshot.
	 * @param version its version, or any other text
	 * @return whether it is there, published or not
	 */
	public boolean has(String version) {
		return VERSION.matcher(version).matches()
				&& Files.isRegularFile(this.directory.resolve(version).resolve(ConfigFiles.SHARED));
	}

	/**
	 * Returns a snapshot, published or not.
	 * @param version its version
	 * @return the snapshot
	 * @throws UnknownVersionException if the store does not have it, or not any more
	 */
	public Snapshot get(String version) {
		if (!has(version)) {
			boolean wasPublished = history().stream().anyMatch((entry) -> entry.version().equals(version));
			throw new UnknownVersionException(
					wasPublished ? "version %s was deleted: only the newest versions are kept".formatted(version)
							: "there is no version " + version);
		}
		return new Snapshot(version, this.directory.resolve(version));
	}

	/**
	 * Stores a snapshot without publishing it. One whose files are damaged is replaced.
	 * @param version its version, which no other contents have
	 * @param files contents by name
	 * @throws IllegalArgumentException if there is no {@value ConfigFiles#SHARED}
	 * @throws UncheckedIOException if it could not be written; then nothing is stored
	 */
	public synchronized void store(String version, Map<String, byte[]> files) {
		if (!files.containsKey(ConfigFiles.SHARED)) {
			throw new IllegalArgumentException("version %s has no %s".formatted(version, ConfigFiles.SHARED));
		}
		Path snapshot = this.directory.resolve(version);
		try {
			if (holds(snapshot, files) && markRecent(snapshot)) {
				return;
			}
			Path fresh = Files.createTempDirectory(Files.createDirectories(this.directory), TEMPORARY);
			try {
				for (Map.Entry<String, byte[]> file : files.entrySet()) {
					Files.write(fresh.resolve(file.getKey()), file.getValue(), StandardOpenOption.CREATE_NEW,
							StandardOpenOption.WRITE, StandardOpenOption.SYNC);
				}
				force(fresh);
				move(fresh, snapshot, files);
				force(this.directory);
			}
			finally {
				deleteAll(fresh);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A snapshot that is stored again may be about to be published, like a new one.
	 * @return {@code false} if it was deleted in this moment
	 */
	private static boolean markRecent(Path snapshot) throws IOException {
		try {
			Files.setLastModifiedTime(snapshot, FileTime.from(Instant.now()));
			return true;
		}
		catch (NoSuchFileException ex) {
			return false;
		}
	}

	/** Another process may store the same snapshot at the same time. */
	private static void move(Path fresh, Path snapshot, Map<String, byte[]> files) throws IOException {
		if (!holds(snapshot, files)) {
			deleteAll(snapshot);
		}
		try {
			Files.move(fresh, snapshot, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			if (!holds(snapshot, files)) {
				throw ex;
			}
		}
	}

	private static boolean holds(Path snapshot, Map<String, byte[]> files) throws IOException {
		for (Map.Entry<String, byte[]> file : files.entrySet()) {
			Path stored = snapshot.resolve(file.getKey());
			if (!Files.isRegularFile(stored) || !Arrays.equals(Files.readAllBytes(stored), file.getValue())) {
				return false;
			}
		}
		return true;
	}

	private static void deleteAll(Path directory) throws IOException {
		if (Files.exists(directory)) {
			List<Path> entries;
			try (Stream<Path> walk = Files.walk(directory)) {
				entries = walk.sorted(Comparator.reverseOrder()).toList();
			}
			for (Path entry : entries) {
				Files.deleteIfExists(entry);
			}
		}
	}

	/**
	 * Publishes a snapshot.
	 * @param publication the snapshot's version, and who publishes it
	 * @throws UnknownVersionException if the store does not have it
	 * @throws UncheckedIOException if it could not be published; then the former one
	 * still is
	 */
	public synchronized void publish(Publication publication) {
		write(CURRENT, get(publication.version()).version());
		Path history = this.directory.resolve(HISTORY);
		String written = text(history);
		String start = (written.isEmpty() || written.endsWith("\n")) ? "" : "\n";
		try {
			Files.writeString(history, start + publication.asLine() + "\n", StandardOpenOption.CREATE,
					StandardOpenOption.APPEND, StandardOpenOption.SYNC);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Deletes snapshots, except the published one, the one that an unfinished rollout
	 * returns to, the newest ones that were published, and recent ones, which may be
	 * about to be published. Of the publications on record, the newest
	 * {@value #MOST_PUBLICATIONS} are kept. A snapshot disappears as a whole.
	 * @param versions the number of published versions to keep
	 * @param since the time from which on stored snapshots are recent
	 * @throws UncheckedIOException if something could not be deleted; the next call
	 * deletes it
	 */
	public synchronized void retain(int versions, Instant since) {
		List<Publication> history = history();
		Set<String> kept = new HashSet<>();
		history.reversed().stream().map(Publication::version).distinct().limit(versions).forEach(kept::add);
		read(CURRENT).ifPresent(kept::add);
		read(UNFINISHED).ifPresent(kept::add);
		try {
			for (Path snapshot : snapshots()) {
				if (!kept.contains(String.valueOf(snapshot.getFileName()))
						&& Files.getLastModifiedTime(snapshot).toInstant().isBefore(since)) {
					delete(snapshot);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		if (history.size() > MOST_PUBLICATIONS) {
			write(HISTORY,
					history.subList(history.size() - MOST_PUBLICATIONS, history.size())
						.stream()
						.map(Publication::asLine)
						.collect(Collectors.joining("\n")));
		}
	}

	/** Snapshots, and what a crash left of one. */
	private List<Path> snapshots() throws IOException {
		if (!Files.isDirectory(this.directory)) {
			return List.of();
		}
		try (Stream<Path> entries = Files.list(this.directory)) {
			return entries
				.filter((entry) -> Files.isRegularFile(entry.resolve(ConfigFiles.SHARED))
						|| String.valueOf(entry.getFileName()).startsWith(TEMPORARY))
				.toList();
		}
	}

	/** A crash must not leave a snapshot with only some of its files. */
	private void delete(Path snapshot) throws IOException {
		Path former = this.directory.resolve(TEMPORARY + UUID.randomUUID());
		Files.move(snapshot, former, StandardCopyOption.ATOMIC_MOVE);
		deleteAll(former);
	}

	/**
	 * Publishes nothing, until the next publication.
	 * @throws UncheckedIOException if that could not be written
	 */
	public void withdraw() {
		delete(CURRENT);
	}

	/**
	 * Returns all publications on record.
	 * @return the oldest first
	 */
	public List<Publication> history() {
		return text(this.directory.resolve(HISTORY)).lines()
			.flatMap((line) -> Publication.ofLine(line).stream())
			.toList();
	}

	/**
	 * Reads the only line of a file in the directory.
	 * @param name the name of the file
	 * @return the line; empty if there is no such file
	 * @throws UncheckedIOException if the file cannot be read
	 */
	public Optional<String> read(String name) {
		Path file = this.directory.resolve(name);
		return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(text(file).strip()) : Optional.empty();
	}

	/**
	 * Deletes a file in the directory, if it is there.
	 * @param name the name of the file
	 * @throws UncheckedIOException if the file cannot be deleted
	 */
	public void delete(String name) {
		try {
			if (Files.deleteIfExists(this.directory.resolve(name))) {
				force(this.directory);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Replaces the only line of a file in the directory.
	 * @param name the name of the file
	 * @param line the line
	 * @throws UncheckedIOException if it could not be written; then the former line is
	 * still there
	 */
	public void write(String name, String line) {
		try {
			Path next = Files.writeString(this.directory.resolve(name + ".next"), line + "\n",
					StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE,
					StandardOpenOption.SYNC);
			Files.move(next, this.directory.resolve(name), StandardCopyOption.ATOMIC_MOVE,
					StandardCopyOption.REPLACE_EXISTING);
			force(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The text of a file, empty if there is none. Bytes that are not UTF-8 do not fail.
	 */
	private static String text(Path file) {
		try {
			return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
		}
		catch (NoSuchFileException ex) {
			return "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A rename or a deletion alone is not on the disk yet. */
	private static void force(Path directory) throws IOException {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

}
