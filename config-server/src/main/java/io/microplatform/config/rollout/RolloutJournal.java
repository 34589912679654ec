package io.microplatform.config.rollout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import io.microplatform.configfiles.SnapshotStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.stereotype.Component;

/**
 * A lock and a write-ahead record, shared by all config servers with the same snapshots.
 * The lock admits one rollout at a time; the operating system releases it when its
 * process dies. The record holds the version to return to from before the first change
 * until the end of the rollout. Thread-safe.
 */
@Component
class RolloutJournal {

	private static final Logger log = LoggerFactory.getLogger(RolloutJournal.class);

	/** The reconciliation loops hold the lock for a moment each second. */
	private static final RetryTemplate WAITING = new RetryTemplate(
			RetryPolicy.builder().maxRetries(100).delay(Duration.ofMillis(20)).build());

	private final SnapshotStore snapshots;

	private final Path lock;

	/**
	 * Between the threads of this server. A file lock is held by the process, and is lost
	 * when the process closes any other channel of the same file.
	 */
	private final Semaphore threads = new Semaphore(1);

	RolloutJournal(SnapshotStore snapshots) {
		this.snapshots = snapshots;
		this.lock = snapshots.directory().resolve("refresh.lock");
	}

	/**
	 * Acquires the lock, waiting for at most 2 s.
	 * @return to be closed at the end
	 * @throws RolloutInProgressException when it stays locked
	 */
	Entry lock() {
		return WAITING.invoke(() -> tryLock().orElseThrow(RolloutInProgressException::new));
	}

	/** Acquires the lock without waiting; empty when it is locked. */
	Optional<Entry> tryLock() {
		if (!this.threads.tryAcquire()) {
			return Optional.empty();
		}
		Optional<Entry> entry = Optional.empty();
		try {
			entry = tryLockFile();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			if (entry.isEmpty()) {
				this.threads.release();
			}
		}
		return entry;
	}

	private Optional<Entry> tryLockFile() throws IOException {
		FileChannel channel = FileChannel.open(this.lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		boolean locked = false;
		try {
			locked = channel.tryLock() != null;
			return locked ? Optional.of(new Entry(channel)) : Optional.empty();
		}
		finally {
			if (!locked) {
				channel.close();
			}
		}
	}

	/** The entry of one rollout, which is locked until it is closed. */
	final class Entry implements AutoCloseable {

		private final FileChannel channel;

		private Entry(FileChannel channel) {
			this.channel = channel;
		}

		/**
		 * The version to return to, of a rollout that has not ended. A damaged record is
		 * deleted: what is published stays.
		 */
		Optional<String> unfinished() {
			Optional<String> version = RolloutJournal.this.snapshots.read(SnapshotStore.UNFINISHED);
			if (version.isPresent() && !RolloutJournal.this.snapshots.has(version.get())) {
				log.warn("The file {} names no version: an unfinished rollout is not rolled back",
						SnapshotStore.UNFINISHED);
				end();
				return Optional.empty();
			}
			return version;
		}

		/** Before the first change. */
		void begin(String previous) {
			RolloutJournal.this.snapshots.write(SnapshotStore.UNFINISHED, previous);
		}

		/** After the last change. */
		void end() {
			RolloutJournal.this.snapshots.delete(SnapshotStore.UNFINISHED);
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
				RolloutJournal.this.threads.release();
			}
		}

	}

}
