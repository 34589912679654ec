package io.microplatform.local.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ArchiveTests {

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	@SuppressWarnings("NullAway.Init") // set before each
	private Path original;

	@SuppressWarnings("NullAway.Init") // set before each
	private Path file;

	@BeforeEach
	void create() throws IOException {
		this.original = this.directory.resolve("original");
		this.file = this.directory.resolve("a.tar.gz");
		Files.createDirectories(this.original.resolve("a b/empty"));
		Files.writeString(this.original.resolve("a b/Jürgen, x"), "content");
		Files.writeString(this.original.resolve("left out"), "content");
		Files.createSymbolicLink(this.original.resolve("link"), Path.of("nowhere"));
	}

	private Path extracted() throws IOException {
		Path target = this.directory.resolve("copy/of it");
		new Archive(this.file).extract(target);
		return target;
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

	@Test
	void bringsBackWhatWasChosenForTheOwnerOnly() throws IOException {
		try (ArchiveWriter writer = ArchiveWriter.create(this.file)) {
			writer.addTree(this.original, (name) -> !name.equals("left out"));
			writer.addContent("more", "more content".getBytes(StandardCharsets.UTF_8));
		}
		Path copy = extracted();
		assertThat(copy.resolve("a b/empty")).isEmptyDirectory();
		assertThat(copy.resolve("a b/Jürgen, x")).hasContent("content");
		assertThat(copy.resolve("more")).hasContent("more content");
		assertThat(copy.resolve("left out")).doesNotExist();
		assertThat(copy.resolve("link")).doesNotExist();
		assertThat(permissions(copy)).isEqualTo("rwx------");
		assertThat(permissions(copy.resolve("a b/empty"))).isEqualTo("rwx------");
		assertThat(permissions(copy.resolve("a b/Jürgen, x"))).isEqualTo("rw-------");
		assertThat(permissions(this.file)).isEqualTo("rw-------");
	}

	@Test
	void aFileOrDirectoryThatIsGoneIsLeftOut() throws IOException {
		try (ArchiveWriter writer = ArchiveWriter.create(this.file)) {
			writer.addFile("gone", this.original.resolve("gone"));
			writer.addTree(this.original.resolve("gone"), (name) -> true);
		}
		assertThat(extracted()).isEmptyDirectory();
	}

	@Test
	void nothingIsOverwritten() throws IOException {
		try (ArchiveWriter writer = ArchiveWriter.create(this.file)) {
			writer.addTree(this.original, (name) -> true);
		}
		extracted();
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(this::extracted);
		assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> ArchiveWriter.create(this.file));
	}

	@Test
	void nothingIsExtractedOutsideOfTheDirectory() throws IOException {
		try (ArchiveWriter writer = ArchiveWriter.create(this.file)) {
			writer.addContent("../outside", "content".getBytes(StandardCharsets.UTF_8));
		}
		assertThatIOException().isThrownBy(this::extracted);
		assertThat(this.directory.resolve("copy/outside")).doesNotExist();
	}

	@Test
	void aTruncatedArchiveIsNoticed() throws IOException {
		try (ArchiveWriter writer = ArchiveWriter.create(this.file)) {
			writer.addTree(this.original, (name) -> true);
		}
		byte[] whole = Files.readAllBytes(this.file);
		Files.write(this.file, Arrays.copyOf(whole, whole.length / 2));
		assertThatIOException().isThrownBy(this::extracted);
	}

}
