package io.microplatform.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The lock of a checkout, {@code target/platform-lock}. One process at a time starts what
 * was built, and nothing is built while a process uses the build. The operating system
 * releases the lock when the process ends. A waiting process reports that it waits.
 */
final class BuildLock {

	private static final long START = 0;

	private static final long BUILD = 1;

	private final Path root;

	private final List<FileLock> locks = new ArrayList<>();

	BuildLock(Path root) {
		this.root = root;
	}

	/** Waits until no other process builds or starts the platform. */
	void lockStart() throws IOException {
		lock(START, false);
	}

	/** Waits until no other process uses the build. Requires {@link #lockStart()}. */
	void lockBuild() throws IOException {
		lock(BUILD, false);
	}

	/** Lets other processes start the build, but not replace it, until the JVM exits. */
	void shareBuild() throws IOException {
		List<FileLock> before = List.copyOf(this.locks);
		for (FileLock lock : before) {
			// The lock on the build cannot be converted. Meanwhile no other process can
			// take it, because it would need the lock on the start first.
			if (lock.position() == BUILD) {
				release(lock);
			}
		}
		lock(BUILD, true);
		for (FileLock lock : before) {
			release(lock);
		}
	}

	void unlock() throws IOException {
		for (FileLock lock : List.copyOf(this.locks)) {
			release(lock);
		}
	}

	private void release(FileLock lock) throws IOException {
		lock.release();
		this.locks.remove(lock);
	}

	// The channel stays open: closing it would release the locks.
	@SuppressWarnings("resource")
	private void lock(long position, boolean shared) throws IOException {
		if (this.locks.stream().anyMatch((lock) -> lock.position() == position)) {
			return;
		}
		Path file = Files.createDirectories(this.root.resolve("target")).resolve("platform-lock");
		FileChannel channel = this.locks.isEmpty()
				? FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)
				: this.locks.getFirst().channel();
		FileLock lock = channel.tryLock(position, 1, shared);
		if (lock == null) {
			System.err.println("waiting for another command, which builds or uses the platform in " + this.root);
			lock = channel.lock(position, 1, shared);
		}
		this.locks.add(lock);
	}

}
