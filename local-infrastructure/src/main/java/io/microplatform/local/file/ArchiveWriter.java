package io.microplatform.local.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.zip.Deflater;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Writes a compressed tar archive of files that a server may change meanwhile: a file is
 * saved with the size that it has when it is opened, and a file that disappears is left
 * out. Only the owner can read the archive and what is extracted from it. Not
 * thread-safe.
 */
public final class ArchiveWriter implements Closeable {

	private static final int FILE_MODE = 0600;

	private static final int DIRECTORY_MODE = 0700;

	private static final int CHUNK = 64 * 1024;

	private final TarArchiveOutputStream tar;

	private ArchiveWriter(OutputStream file) throws IOException {
		GzipParameters parameters = new GzipParameters();
		// The server that is saved needs the processor, too.
		parameters.setCompressionLevel(Deflater.BEST_SPEED);
		this.tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(file, parameters),
				StandardCharsets.UTF_8.name());
		this.tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
		this.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
	}

	/**
	 * Creates an archive.
	 * @param file the archive, which must not exist yet
	 */
	public static ArchiveWriter create(Path file) throws IOException {
		return new ArchiveWriter(OwnerOnly.createFile(file));
	}

	/**
	 * Adds what is in a directory. Symbolic links are left out.
	 * @param directory the directory
	 * @param chosen whether to add an entry, given its name relative to the directory;
	 * what is in a directory that is not added is not added either
	 */
	public void addTree(Path directory, Predicate<String> chosen) throws IOException {
		addEntries(directory, "", chosen);
	}

	private void addEntries(Path directory, String prefix, Predicate<String> chosen) throws IOException {
		for (Path entry : Directories.list(directory)) {
			String name = prefix + entry.getFileName();
			if (!chosen.test(name)) {
				continue;
			}
			if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
				begin(name + "/", DIRECTORY_MODE, 0);
				this.tar.closeArchiveEntry();
				addEntries(entry, name + "/", chosen);
			}
			else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
				addFile(name, entry);
			}
		}
	}

	/**
	 * Adds a file, unless it does not exist any more. Zeros take the place of what is cut
	 * off while the file is read.
	 */
	public void addFile(String name, Path file) throws IOException {
		try (InputStream content = Files.newInputStream(file)) {
			long remaining = Files.size(file);
			begin(name, FILE_MODE, remaining);
			byte[] buffer = new byte[CHUNK];
			while (remaining > 0) {
				int length = (int) Math.min(remaining, CHUNK);
				int read = content.readNBytes(buffer, 0, length);
				Arrays.fill(buffer, read, length, (byte) 0);
				this.tar.write(buffer, 0, length);
				remaining -= length;
			}
			this.tar.closeArchiveEntry();
		}
		catch (NoSuchFileException gone) {
			// Deleted since the directory was listed.
		}
	}

	/** Adds a file with this content. */
	public void addContent(String name, byte[] content) throws IOException {
		begin(name, FILE_MODE, content.length);
		this.tar.write(content);
		this.tar.closeArchiveEntry();
	}

	private void begin(String name, int mode, long size) throws IOException {
		TarArchiveEntry entry = new TarArchiveEntry(name);
		entry.setMode(mode);
		entry.setSize(size);
		this.tar.putArchiveEntry(entry);
	}

	@Override
	public void close() throws IOException {
		this.tar.close();
	}

}
