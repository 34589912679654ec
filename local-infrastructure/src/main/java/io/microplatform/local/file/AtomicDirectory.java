package io.microplatform.local.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory of files that never change, such as an unpacked program. It appears
 * atomically. A list of its files later tells whether it is complete: missing files and
 * files of another size are detected, added files are not.
 *
 * @param path the directory
 */
public record AtomicDirectory(Path path) {

	private static final String LISTING = ".files";

	/** Whether all files are there that were put there. */
	public boolean isWhole() throws IOException {
		Optional<String> listing = new AtomicFile(this.path.resolve(LISTING)).read();
		return listing.isPresent() && listing.get().endsWith("\n") && listing.get().lines().allMatch(this::holds);
	}

	private boolean holds(String line) {
		String[] sizeAndName = line.split(" ", 2);
		try {
			return sizeAndName.length == 2
					&& sizeAndName[0].equals(Long.toString(Files.size(this.path.resolve(sizeAndName[1]))));
		}
		catch (IOException missing) {
			return false;
		}
	}

	/**
	 * Puts a finished directory in the place of this one, which is deleted if it is not
	 * whole. When another process has just done the same, its directory stays.
	 * @param fresh a directory beside this one, which is gone afterwards
	 */
	public void replaceBy(Path fresh) throws IOException {
		new AtomicFile(fresh.resolve(LISTING)).write(listing(fresh));
		if (!isWhole()) {
			Directories.delete(this.path);
		}
		try {
			create(fresh);
		}
		catch (FileSystemException ex) {
			if (!isWhole()) {
				throw ex;
			}
			Directories.delete(fresh);
		}
	}

	/**
	 * Puts a finished directory where nothing is yet, without a listing.
	 * @param fresh a directory beside this one, which is gone afterwards
	 */
	public void create(Path fresh) throws IOException {
		for (Path entry : entries(fresh)) {
			if (!Files.isSymbolicLink(entry)) {
				Disk.force(entry);
			}
		}
		Files.move(fresh, this.path, StandardCopyOption.ATOMIC_MOVE);
		Disk.force(this.path.toAbsolutePath().resolveSibling(""));
	}

	private static List<Path> entries(Path directory) throws IOException {
		try (Stream<Path> entries = Files.walk(directory)) {
			return entries.toList();
		}
	}

	private static String listing(Path directory) throws IOException {
		return entries(directory).stream()
			.filter(Files::isRegularFile)
			.map((file) -> size(file) + " " + directory.relativize(file) + "\n")
			.collect(Collectors.joining());
	}

	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
