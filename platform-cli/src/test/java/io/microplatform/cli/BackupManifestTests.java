package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackupManifestTests {

	private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	@BeforeEach
	void writeABackup() throws IOException {
		for (String file : List.of(BackupManifest.DATABASES, BackupManifest.LETTERS, BackupManifest.SECRETS,
				BackupManifest.CONFIGURATION, "instances.env")) {
			Files.writeString(this.directory.resolve(file), "content of " + file);
		}
		BackupManifest.of(this.directory, AT, "1.2.3").write(this.directory);
	}

	private BackupManifest read() throws IOException, CommandFailedException {
		return BackupManifest.read(this.directory);
	}

	@Test
	void aWholeBackupIsVerified() throws IOException, CommandFailedException {
		BackupManifest manifest = read();
		manifest.verify(this.directory);
		assertThat(manifest.at()).isEqualTo(AT);
		assertThat(manifest.platform()).isEqualTo("1.2.3");
		assertThat(manifest.files()).hasSize(5);
		assertThat(manifest.has("instances.env")).isTrue();
		assertThat(manifest.has("releases.env")).isFalse();
		assertThat(manifest.size()).isPositive();
	}

	@Test
	void theChecksumIsThatOfSha256sum() throws IOException, CommandFailedException {
		Files.writeString(this.directory.resolve("instances.env"), "abc");
		assertThat(BackupManifest.SavedFile.of(this.directory.resolve("instances.env")).sha256())
			.isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "content of", "Content of secrets.env" })
	void aFileWithOtherContentIsNamed(String content) throws IOException {
		Files.writeString(this.directory.resolve(BackupManifest.SECRETS), content);
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> read().verify(this.directory))
			.withMessageContaining("secrets.env has changed since");
	}

	@Test
	void aMissingFileIsNamed() throws IOException {
		Files.delete(this.directory.resolve(BackupManifest.DATABASES));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> read().verify(this.directory))
			.withMessageContaining("postgresql.tar.gz is missing");
	}

	@Test
	void aManifestWithoutTheDatabasesIsRefused() throws IOException {
		Files.delete(this.directory.resolve(BackupManifest.DATABASES));
		Files.delete(this.directory.resolve(BackupManifest.FILE));
		BackupManifest.of(this.directory, AT, "1.2.3").write(this.directory);
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(() -> read().verify(this.directory))
			.withMessageContaining("does not name all of");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "{", "{\"format\":1,\"at\":\"2026-11-30T12:00:00Z\"}",
			"{\"format\":1,\"at\":\"2026-11-30T12:00:00Z\",\"platform\":\"1\",\"files\":[null]}",
			"{\"format\":1,\"at\":\"2026-11-30T12:00:00Z\",\"platform\":\"1\","
					+ "\"files\":[{\"name\":\"../a\",\"size\":1,\"sha256\":\"\"}]}" })
	void aDamagedManifestIsRefused(String content) throws IOException {
		Files.writeString(this.directory.resolve(BackupManifest.FILE), content);
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(this::read)
			.withMessageContaining("manifest.json is damaged");
	}

	@Test
	void aLaterFormatIsRefusedWithTheVersionThatReadsIt() throws IOException {
		Path file = this.directory.resolve(BackupManifest.FILE);
		Files.writeString(file, Files.readString(file).replaceFirst("(\"format\"\\s*:\\s*)1", "$12"));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(this::read)
			.withMessageContaining("format 2")
			.withMessageContaining("1.2.3");
	}

	@Test
	void anotherDirectoryIsNotABackup() throws IOException {
		Files.delete(this.directory.resolve(BackupManifest.FILE));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(this::read)
			.withMessageContaining("is not a backup: it has no manifest.json");
	}

}
