package io.microplatform.local.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Keeps two commands from changing the same platform at once. The system lets go of it
 * when its holder dies.
 */
final class PlatformLock implements Closeable {

	static final String FILE = "lock";

	private final FileChannel channel;

	private PlatformLock(FileChannel channel) {
		this.channel = channel;
	}

	static PlatformLock take(Path stateDirectory) throws IOException, CommandFailedException {
		FileChannel channel = FileChannel.open(stateDirectory.resolve(FILE), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		if (lock(channel) == null) {
			channel.close();
			throw new CommandFailedException(
					"another command is at work on %s: wait until it has ended".formatted(stateDirectory));
		}
		return new PlatformLock(channel);
	}

	private static @Nullable FileLock lock(FileChannel channel) throws IOException {
		try {
			return channel.tryLock();
		}
		catch (OverlappingFileLockException heldByThisJvm) {
			return null;
		}
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
