package io.microplatform.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import io.microplatform.local.server.Programs;
import io.microplatform.local.server.StateDirectory;

/**
 * State directories of tests, which share the unpacked programs.
 */
public final class TestState {

	private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));

	private TestState() {
	}

	/** The programs of this checkout. */
	public static Programs programs() {
		return Programs.below(ROOT);
	}

	/** A state directory with its data in a directory of a test. */
	public static StateDirectory in(Path directory) throws IOException {
		return new StateDirectory(directory,
				Files.createDirectories(ROOT.resolve("local-infrastructure/target/programs")));
	}

}
