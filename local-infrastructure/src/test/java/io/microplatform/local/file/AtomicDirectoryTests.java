package io.microplatform.local.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AtomicDirectoryTests {

	@SuppressWarnings("NullAway.Init") // set before each
	private Path parent;

	@SuppressWarnings("NullAway.Init") // set before each
	private AtomicDirectory directory;

	@BeforeEach
	void create(@TempDir Path parent) throws IOException {
		this.parent = parent;
		this.directory = new AtomicDirectory(parent.resolve("program"));
		assertThat(this.directory.isWhole()).isFalse();
		this.directory.replaceBy(fresh());
		assertThat(this.directory.isWhole()).isTrue();
	}

	private Path fresh() throws IOException {
		Path fresh = Files.createTempDirectory(this.parent, "fresh");
		Files.createDirectories(fresh.resolve("a b/c"));
		Files.writeString(fresh.resolve("a b/c/file"), "content");
		Files.writeString(fresh.resolve("empty"), "");
		Files.createSymbolicLink(fresh.resolve("link"), Path.of("nowhere"));
		return fresh;
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "cont", "content and more" })
	void aFileOfAnotherSizeIsNoticedAndReplaced(String content) throws IOException {
		Path file = this.directory.path().resolve("a b/c/file");
		Files.writeString(file, content);
		assertThat(this.directory.isWhole()).isFalse();
		this.directory.replaceBy(fresh());
		assertThat(this.directory.isWhole()).isTrue();
		assertThat(file).hasContent("content");
	}

	@ParameterizedTest
	@ValueSource(strings = { "empty", "a b/c/file", ".files" })
	void aFileThatIsGoneIsNoticed(String file) throws IOException {
		Files.delete(this.directory.path().resolve(file));
		assertThat(this.directory.isWhole()).isFalse();
	}

	@Test
	void aFileThatWasAddedStays() throws IOException {
		Path added = Files.writeString(this.directory.path().resolve("added"), "");
		assertThat(this.directory.isWhole()).isTrue();
		this.directory.replaceBy(fresh());
		assertThat(added).exists();
	}

}
