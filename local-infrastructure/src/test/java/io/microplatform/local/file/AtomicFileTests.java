package io.microplatform.local.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class AtomicFileTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private Path directory;

	@SuppressWarnings("NullAway.Init") // set before each
	private AtomicFile file;

	@BeforeEach
	void create(@TempDir Path directory) {
		this.directory = directory;
		this.file = new AtomicFile(directory.resolve("file"));
	}

	@Test
	void aWriteReplacesTheContentAndLeavesNothingElse() throws IOException {
		assertThat(this.file.read()).isEmpty();
		this.file.write("first");
		this.file.writeSecret("second");
		assertThat(this.file.read()).hasValue("second");
		assertThat(this.directory).isDirectoryContaining("glob:**/file").isDirectoryNotContaining("glob:**.tmp");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.file.path())))
			.isEqualTo("rw-------");
	}

	@Test
	void aWriteThatCannotBeFinishedChangesNothing() throws IOException {
		this.file.write("first");
		Files.createDirectories(
				this.directory.resolve("file." + ProcessHandle.current().pid() + ".tmp").resolve("obstacle"));
		assertThatIOException().isThrownBy(() -> this.file.write("second"));
		assertThat(this.file.read()).hasValue("first");
	}

	@Test
	void whatCannotBeReadIsNotAbsent() throws IOException {
		Files.createSymbolicLink(this.file.path(), this.file.path());
		assertThatIOException().isThrownBy(this.file::read);
		assertThatIOException().isThrownBy(() -> Directories.list(this.file.path()));
		assertThat(Directories.list(this.directory.resolve("absent"))).isEmpty();
	}

}
