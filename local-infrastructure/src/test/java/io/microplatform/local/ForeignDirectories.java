package io.microplatform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes the directories of tests below one whose name has letters beyond ASCII, a comma
 * and a space. The build chooses it for one of its runs.
 */
class ForeignDirectories implements TempDirFactory {

	@Override
	public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context) throws IOException {
		Path parent = Path.of(System.getProperty("java.io.tmpdir"), "Jürgen, x");
		return Files.createTempDirectory(Files.createDirectories(parent), "junit");
	}

}
