package io.microplatform.acceptance.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/**
 * Access to the files of this checkout and to its compiled classes.
 */
final class Checkout {

	static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));

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

	/** Returns the modules of the build. */
	static List<String> modules() {
		return Stream.of(read("pom.xml").split("<module>", -1))
			.skip(1)
			.map((module) -> module.substring(0, module.indexOf('<')))
			.toList();
	}

	/** Imports the main classes of modules without loading them. */
	static JavaClasses classes(List<String> modules) {
		return new ClassFileImporter()
			.importPaths(modules.stream().map((module) -> ROOT.resolve(module).resolve("target/classes")).toList());
	}

}
