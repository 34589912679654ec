package io.microplatform.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

import com.sun.security.auth.module.UnixSystem;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.OperatingSystem;
import io.microplatform.local.process.Tool;
import org.junit.jupiter.api.Assumptions;

/**
 * A disk of its own for a test: an ext4 file system in a file. It can be full, and it can
 * lose what was not forced to it, as in a power failure. Mounting it requires root on
 * Linux and a loop device; where it cannot be mounted, the test is skipped. Not
 * thread-safe.
 */
public final class TestDisk implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int BLOCK = 64 * 1024;

	/** What metadata may need while most of the space is allocated at once. */
	private static final long REST = 4L * 1024 * 1024;

	/** FS_IOC_SHUTDOWN without a flush, with which file systems are tested. */
	private static final String POWER_FAILURE = """
			my $flags = pack("L", 2);
			open(my $disk, "<", $ARGV[0]) or die "open: $!";
			ioctl($disk, 0x8004587D, $flags) or die "ioctl: $!";
			""";

	private final Path directory;

	private final Path image;

	private final Thread atExit = new Thread(this::unmountAtExit);

	private TestDisk(Path directory) {
		this.directory = directory;
		this.image = directory.resolveSibling(directory.getFileName() + ".img");
	}

	/**
	 * Makes a disk, or skips the test.
	 * @param directory where it is mounted; a new directory
	 * @param mebibytes its size, which the file takes only as far as it is used
	 */
	public static TestDisk mount(Path directory, int mebibytes) throws IOException {
		Assumptions.assumeTrue(OperatingSystem.isLinux() && new UnixSystem().getUid() == 0,
				"only root can mount a disk, and only Linux has this one");
		TestDisk disk = new TestDisk(Files.createDirectories(directory).toAbsolutePath());
		try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
			file.setLength(mebibytes * 1024L * 1024);
		}
		try {
			run("mkfs.ext4", "-q", "-m", "0", "-F", disk.image.toString());
			disk.mount();
		}
		catch (IOException ex) {
			Files.delete(disk.image);
			Assumptions.abort("a disk cannot be mounted here: " + ex.getMessage());
		}
		Runtime.getRuntime().addShutdownHook(disk.atExit);
		return disk;
	}

	/** The root of its file system. */
	public Path directory() {
		return this.directory;
	}

	/** Takes all free space. */
	public void fill() throws IOException {
		Path ballast = ballast();
		long free = Files.getFileStore(this.directory).getUsableSpace();
		run("fallocate", "-l", Long.toString(Math.max(free - REST, BLOCK)), ballast.toString());
		try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
			while (true) {
				file.write(ByteBuffer.allocate(BLOCK));
				file.force(true);
			}
		}
		catch (IOException full) {
			// No space is left.
		}
	}

	/** Gives back the space that {@link #fill()} took. */
	public void free() throws IOException {
		Files.delete(ballast());
	}

	private Path ballast() {
		return this.directory.resolve("ballast");
	}

	/**
	 * From now on, nothing is read or written any more. What was written but not forced
	 * to the disk is lost.
	 */
	public void losePower() throws IOException {
		run("perl", "-e", POWER_FAILURE, this.directory.toString());
	}

	/**
	 * Mounts it again, with what was forced to it before {@link #losePower()}. No process
	 * may use it.
	 */
	public void remount() throws IOException {
		unmount();
		mount();
	}

	private void mount() throws IOException {
		run("mount", "-o", "loop", this.image.toString(), this.directory.toString());
	}

	/** A process that was just killed may still be using it. */
	private void unmount() throws IOException {
		if (!Await.until(PATIENCE, this::isUnmounted)) {
			run("umount", this.directory.toString());
		}
	}

	private boolean isUnmounted() {
		try {
			run("umount", this.directory.toString());
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void unmountAtExit() {
		try {
			run("umount", "-l", this.directory.toString());
			Files.deleteIfExists(this.image);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void run(String... line) throws IOException {
		Tool.run(line[0], List.of(line), PATIENCE);
	}

	@Override
	public void close() throws IOException {
		unmount();
		Files.delete(this.image);
		Runtime.getRuntime().removeShutdownHook(this.atExit);
	}

}
