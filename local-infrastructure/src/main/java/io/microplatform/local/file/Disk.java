package io.microplatform.local.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What keeps files through a power failure.
 */
final class Disk {

	private Disk() {
	}

	/**
	 * Returns when the content of the file, or the entries of the directory, are there.
	 */
	static void force(Path path) throws IOException {
		try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
			channel.force(true);
		}
	}

}
