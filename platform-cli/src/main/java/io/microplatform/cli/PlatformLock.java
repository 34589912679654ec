package io.microplatform.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A lock that serializes commands that change the same platform: the second command waits
 * for the first. The operating system releases the lock when its holder dies.
 */
final class PlatformLock implements Closeable {

	static final String FILE = "lock";

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

	/**
	 * Between the threads of this JVM. The file's lock is between processes only: a JVM
	 * loses it when it closes the file anywhere.
	 */
	private static final Map<Path, Semaphore> HERE = new ConcurrentHashMap<>();

	private final FileChannel channel;

	private final Semaphore here;

	private PlatformLock(FileChannel channel, Semaphore here) {
		this.channel = channel;
		this.here = here;
	}

	/** Returns when no other command is at work, and reports it when it has to wait. */
	static PlatformLock take(Context context) throws IOException, CommandFailedException {
		return take(context, context.state().root());
	}

	/**
	 * Returns when no other command is at work on a directory, and reports it when it has
	 * to wait.
	 * @param directory the state directory, or an existing directory in it
	 */
	static PlatformLock take(Context context, Path directory) throws IOException, CommandFailedException {
		Optional<PlatformLock> lock = takeNow(directory);
		if (lock.isEmpty()) {
			context.out().println("another command is at work on " + directory + ": waiting until it has ended");
		}
		while (lock.isEmpty()) {
			try {
				Thread.sleep(BETWEEN_LOOKS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new CommandFailedException("interrupted");
			}
			context.state().create();
			lock = takeNow(Files.createDirectories(directory));
		}
		return lock.get();
	}

	private static Optional<PlatformLock> takeNow(Path directory) throws IOException {
		Path file = directory.resolve(FILE);
		Semaphore here = HERE.computeIfAbsent(file, (path) -> new Semaphore(1));
		if (!here.tryAcquire()) {
			return Optional.empty();
		}
		Optional<PlatformLock> lock = Optional.empty();
		try {
			lock = takeFromOthers(file, here);
		}
		finally {
			if (lock.isEmpty()) {
				here.release();
			}
		}
		return lock;
	}

	private static Optional<PlatformLock> takeFromOthers(Path file, Semaphore here) throws IOException {
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		boolean taken = false;
		try {
			// A purge deletes the file; then the lock would be of no use.
			taken = channel.tryLock() != null && Files.exists(file);
			return taken ? Optional.of(new PlatformLock(channel, here)) : Optional.empty();
		}
		finally {
			if (!taken) {
				channel.close();
			}
		}
	}

	@Override
	public void close() throws IOException {
		try {
			this.channel.close();
		}
		finally {
			this.here.release();
		}
	}

}
