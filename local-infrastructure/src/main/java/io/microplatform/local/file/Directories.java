package io.microplatform.local.file;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Lists and deletes directories.
 */
public final class Directories {

	private Directories() {
	}

	/**
	 * What is in a directory.
	 * @return its entries, none when the directory does not exist
	 * @throws IOException when it exists, or may exist, and cannot be read
	 */
	public static List<Path> list(Path directory) throws IOException {
		try (Stream<Path> entries = Files.list(directory)) {
			return entries.toList();
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
	}

	/** Deletes the directory and all in it, following no link; none is no error. */
	public static void delete(Path directory) throws IOException {
		Files.walkFileTree(directory, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.deleteIfExists(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
				if (problem instanceof NoSuchFileException) {
					return FileVisitResult.CONTINUE;
				}
				throw problem;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) throws IOException {
				Files.deleteIfExists(visited);
				return FileVisitResult.CONTINUE;
			}
		});
	}

}
