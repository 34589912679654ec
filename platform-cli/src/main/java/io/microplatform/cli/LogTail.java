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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The lines of one instance's log in their order, over restarts of the instance too. Not
 * thread-safe.
 */
final class LogTail implements Closeable {

	private static final Pattern TIME = Pattern.compile("\"@timestamp\":\"([^\"]+)\"");

	private static final int CHUNK = 64 * 1024;

	private final String instance;

	private final Path path;

	private final boolean follow;

	private final Deque<LogLine> lines = new ArrayDeque<>();

	private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

	private Instant time = Instant.MIN;

	private @Nullable InputStream input;

	private @Nullable Object fileKey;

	/**
	 * Reads from the beginning.
	 * @param follow whether an unfinished last line is left until it is finished
	 */
	LogTail(String instance, Path path, boolean follow) {
		this.instance = instance;
		this.path = path;
		this.follow = follow;
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
		if (this.input == null && !open()) {
			return false;
		}
		byte[] chunk = Objects.requireNonNull(this.input).readNBytes(CHUNK);
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
		return true;
	}

	/** At the end of a file that has no writer any more. */
	private boolean finish() throws IOException {
		boolean replaced = this.follow && !Objects.equals(this.fileKey, currentKey());
		if (this.unfinished.size() > 0 && (replaced || !this.follow)) {
			add();
			return true;
		}
		if (replaced) {
			close();
			return open();
		}
		return false;
	}

	private boolean open() throws IOException {
		try {
			this.fileKey = currentKey();
			this.input = Files.newInputStream(this.path);
			return true;
		}
		catch (NoSuchFileException notYet) {
			return false;
		}
	}

	private @Nullable Object currentKey() throws IOException {
		try {
			return Files.readAttributes(this.path, BasicFileAttributes.class).fileKey();
		}
		catch (NoSuchFileException movedAway) {
			return this.fileKey;
		}
	}

	/** A line without a time belongs to the one before, as those of a stack trace do. */
	private void add() {
		String text = this.unfinished.toString(StandardCharsets.UTF_8);
		this.unfinished.reset();
		Matcher matcher = TIME.matcher(text);
		if (matcher.find()) {
			try {
				this.time = Instant.parse(matcher.group(1));
			}
			catch (DateTimeParseException foreignFormat) {
				// As without one.
			}
		}
		this.lines.add(new LogLine(this.instance, this.time, text));
	}

	@Override
	public void close() throws IOException {
		if (this.input != null) {
			this.input.close();
			this.input = null;
		}
	}

	/**
	 * A line and when it was written.
	 */
	record LogLine(String instance, Instant time, String text) {
	}

}
