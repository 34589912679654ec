package io.microplatform.config.refresh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import io.microplatform.config.snapshot.PublishedSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Lets one refresh happen at a time, of all config servers with the same snapshots, and
 * remembers one that has begun until it has ended: should its server die in between,
 * another one, or the same when it is back, finds which version to go back to. The
 * operating system frees the lock of a process that dies. Thread-safe.
 */
@Component
class Journal {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

	private static final Logger log = LoggerFactory.getLogger(Journal.class);

	private final PublishedSnapshots snapshots;

	private final Path lock;

	private final Path unfinished;

	/**
	 * Between the threads of this server. The file's lock is between processes only: it
	 * is lost when its process closes the file anywhere, also where somebody else has
	 * just been refused.
	 */
	private final Semaphore here = new Semaphore(1);

	Journal(PublishedSnapshots snapshots) {
		this.snapshots = snapshots;
		this.lock = snapshots.directory().resolve("refresh.lock");
		this.unfinished = snapshots.directory().resolve("unfinished");
	}

	/**
	 * Begins to be the only one, or waits for it for a moment.
	 * @return to be closed at the end
	 * @throws RefreshUnderWayException when somebody else is it
	 */
	Turn take() {
		long until = System.nanoTime() + PATIENCE.toNanos();
		Optional<Turn> turn = takeNow();
		while (turn.isEmpty() && System.nanoTime() - until < 0) {
			try {
				Thread.sleep(BETWEEN_LOOKS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new RefreshUnderWayException();
			}
			turn = takeNow();
		}
		return turn.orElseThrow(RefreshUnderWayException::new);
	}

	/** As {@link #take()}, but empty at once when somebody else is it. */
	Optional<Turn> takeNow() {
		if (!this.here.tryAcquire()) {
			return Optional.empty();
		}
		Optional<Turn> turn = Optional.empty();
		try {
			turn = takeFromOthers();
		}
		finally {
			if (turn.isEmpty()) {
				this.here.release();
			}
		}
		return turn;
	}

	private Optional<Turn> takeFromOthers() {
		try {
			FileChannel channel = FileChannel.open(this.lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			boolean taken = false;
			try {
				taken = channel.tryLock() != null;
				return taken ? Optional.of(new Turn(channel)) : Optional.empty();
			}
			finally {
				if (!taken) {
					channel.close();
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** While nobody else refreshes. */
	final class Turn implements AutoCloseable {

		private final FileChannel channel;

		private Turn(FileChannel channel) {
			this.channel = channel;
		}

		/**
		 * The version to go back to, of a refresh that has not ended. A damaged file
		 * names none, and is deleted.
		 */
		Optional<String> unfinished() {
			try {
				String version = new String(Files.readAllBytes(Journal.this.unfinished), StandardCharsets.UTF_8)
					.strip();
				if (Journal.this.snapshots.has(version)) {
					return Optional.of(version);
				}
				log.warn("{} names no version: a refresh that has not ended is not taken back",
						Journal.this.unfinished);
				end();
				return Optional.empty();
			}
			catch (NoSuchFileException none) {
				return Optional.empty();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/** Before anything changes. */
		void begin(String previous) {
			Path next = Journal.this.unfinished.resolveSibling("unfinished.next");
			try {
				Files.writeString(next, previous + "\n", StandardOpenOption.CREATE,
						StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
				Files.move(next, Journal.this.unfinished, StandardCopyOption.ATOMIC_MOVE,
						StandardCopyOption.REPLACE_EXISTING);
				Journal.this.snapshots.force();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/** When everything is as it is to stay. */
		void end() {
			try {
				Files.deleteIfExists(Journal.this.unfinished);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void close() {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			finally {
				Journal.this.here.release();
			}
		}

	}

}
