package io.microplatform.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.microplatform.local.file.Directories;

/**
 * Reads the log lines of one instance in order, across rolled files and restarts of the
 * instance. Not thread-safe.
 */
final class LogTail implements Closeable {

	private static final int CHUNK = 64 * 1024;

	private final String instance;

	private final Path path;

	private final boolean rolls;

	private final boolean follow;

	private final Instant since;

	private final Deque<LogLine> lines = new ArrayDeque<>();

	private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

	/**
	 * The streams of the rolled files, the oldest first, followed by that of the current
	 * file.
	 */
	private final Deque<InputStream> inputs = new ArrayDeque<>();

	private Instant time = Instant.MIN;

	private @Nullable Object fileKey;

	private boolean begun;

	/** Whether the file has been read to its end since it was replaced. */
	private boolean drained;

	/**
	 * Reads from the beginning.
	 * @param rolls whether files whose names start with that of the path contain earlier
	 * lines
	 * @param follow whether an unfinished last line is left until it is finished
	 * @param since the time of the oldest relevant line; older rolled files are skipped
	 */
	LogTail(String instance, Path path, boolean rolls, boolean follow, Instant since) {
		this.instance = instance;
		this.path = path;
		this.rolls = rolls;
		this.follow = follow;
		this.since = since;
	}

	/** Whether there is another line by now. */
	boolean hasNext() throws IOException {
		while (this.lines.isEmpty()) {
			if (!read()) {
				return false;
			}
		}
		return true;
	}

	/** When the next line was written. */
	Instant nextTime() {
		return this.lines.element().time();
	}

	LogLine take() {
		return this.lines.remove();
	}

	/** Returns whether there was anything. */
	private boolean read() throws IOException {
		if (this.inputs.isEmpty() && !open()) {
			return false;
		}
		byte[] chunk = this.inputs.element().readNBytes(CHUNK);
		if (chunk.length == 0) {
			return finish();
		}
		for (byte next : chunk) {
			if (next == '\n') {
				add();
			}
			else {
				this.unfinished.write(next);
			}
		}
		sort();
		return true;
	}

	/**
	 * Sorts the lines by time, because threads take the time of a line before they wait
	 * for each other to write it.
	 */
	private void sort() {
		List<LogLine> sorted = this.lines.stream().sorted(Comparator.comparing(LogLine::time)).toList();
		this.lines.clear();
		this.lines.addAll(sorted);
	}

	/** Continues with the next file at the end of a file that has no writer any more. */
	private boolean finish() throws IOException {
		boolean isLast = this.inputs.size() == 1;
		boolean replaced = this.follow && isLast && isReplaced();
		if (isLast && !replaced && (this.follow || this.unfinished.size() == 0)) {
			return false;
		}
		if (replaced && !this.drained) {
			// Lines may have been written to it until it was replaced.
			this.drained = true;
			return true;
		}
		if (this.unfinished.size() > 0) {
			add();
			return true;
		}
		this.inputs.remove().close();
		return !this.inputs.isEmpty() || open();
	}

	private boolean open() throws IOException {
		this.drained = false;
		@Nullable InputStream current = null;
		try {
			// Ensures that the key belongs to the opened file.
			do {
				if (current != null) {
					current.close();
				}
				this.fileKey = keyOf(this.path);
				current = Files.newInputStream(this.path);
			}
			while (!Objects.equals(this.fileKey, keyOf(this.path)));
		}
		catch (NoSuchFileException notYet) {
			if (current != null) {
				current.close();
			}
			return false;
		}
		if (!this.begun) {
			this.begun = true;
			this.time = timeOf(this.path).toInstant();
			for (Path file : rolled()) {
				this.inputs.add(Files.newInputStream(file));
			}
		}
		this.inputs.add(current);
		return true;
	}

	/**
	 * The rolled files, the oldest first. A file that is rolled during the call keeps its
	 * key, and is not read twice.
	 */
	private List<Path> rolled() throws IOException {
		if (!this.rolls) {
			return List.of();
		}
		Map<Path, FileTime> files = new TreeMap<>();
		for (Path file : Directories.list(this.path.toAbsolutePath().resolveSibling(""))) {
			if (String.valueOf(file.getFileName()).startsWith(this.path.getFileName() + ".")
					&& !Objects.equals(keyOf(file), this.fileKey) && !timeOf(file).toInstant().isBefore(this.since)) {
				files.put(file, timeOf(file));
			}
		}
		return files.entrySet().stream().sorted(Map.Entry.comparingByValue()).map(Map.Entry::getKey).toList();
	}

	/** The time of the last write; the epoch if the file has just been deleted. */
	private static FileTime timeOf(Path file) throws IOException {
		try {
			return Files.getLastModifiedTime(file);
		}
		catch (NoSuchFileException gone) {
			return FileTime.from(Instant.EPOCH);
		}
	}

	private boolean isReplaced() throws IOException {
		@Nullable Object current = keyOf(this.path);
		return current != null && !current.equals(this.fileKey);
	}

	/** The key that identifies a file under any name; null if there is no file. */
	private static @Nullable Object keyOf(Path file) throws IOException {
		try {
			return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
		}
		catch (NoSuchFileException movedAway) {
			return null;
		}
	}

	/** A line without a time belongs to the one before, as those of a stack trace do. */
	private void add() {
		String text = this.unfinished.toString(StandardCharsets.UTF_8);
		this.unfinished.reset();
		this.time = LogTime.of(text).orElse(this.time);
		this.lines.add(new LogLine(this.instance, this.time, text));
	}

	@Override
	public void close() throws IOException {
		for (InputStream input : this.inputs) {
			input.close();
		}
		this.inputs.clear();
	}

	/**
	 * A line and when it was written.
	 */
	record LogLine(String instance, Instant time, String text) {
	}

}
