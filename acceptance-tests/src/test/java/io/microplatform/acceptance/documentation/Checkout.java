package io.microplatform.acceptance.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/**
 * The files of this checkout, and the classes that are compiled from them.
 */
final class Checkout {

	static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));

	private static final Pattern NO_SOURCES = Pattern.compile(".*/(\\.[^/]*|target|node_modules)");

	private Checkout() {
	}

	static String read(String file) {
		return read(ROOT.resolve(file));
	}

	static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The sources and documents whose absolute paths end like this. Hidden directories
	 * and build output are left out.
	 * @param end a regular expression
	 */
	static List<Path> files(String end) {
		Pattern path = Pattern.compile(".*" + end);
		List<Path> files = new ArrayList<>();
		try {
			Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
					boolean isSource = directory.equals(ROOT) || !NO_SOURCES.matcher(directory.toString()).matches();
					return isSource ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (path.matcher(file.toString()).matches()) {
						files.add(file);
					}
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return files;
	}

	/** The modules of the build. */
	static List<String> modules() {
		return Stream.of(read("pom.xml").split("<module>", -1))
			.skip(1)
			.map((module) -> module.substring(0, module.indexOf('<')))
			.toList();
	}

	/** The main classes of modules, imported without loading them. */
	static JavaClasses classes(List<String> modules) {
		return new ClassFileImporter()
			.importPaths(modules.stream().map((module) -> ROOT.resolve(module).resolve("target/classes")).toList());
	}

}
