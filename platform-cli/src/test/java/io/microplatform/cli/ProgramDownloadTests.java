package io.microplatform.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.cli.ObservabilityProgram.Part;
import io.microplatform.local.file.Directories;
import io.microplatform.local.server.StateDirectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProgramDownloadTests {

	/** Records its arguments, and creates two files. */
	private static final String MAVEN = """
			#!/bin/bash
			echo "$*" >>"${0%/*}/calls"
			for argument; do
				case "$argument" in
					-Dplatform.programs=*) target="${argument#*=}" ;;
				esac
			done
			mkdir -p "$target/opensearch"
			echo a >"$target/opensearch/a.jar"
			[ ! -e "${0%/*}/offline" ] || { echo "[ERROR] no network"; echo "[ERROR] more"; exit 1; }
			echo b >"$target/opensearch/b.jar"
			""";

	private final Path directory;

	private final ProgramDownload download;

	ProgramDownloadTests(@TempDir Path directory) throws IOException {
		this.directory = directory;
		Files.createDirectories(directory.resolve("observability"));
		pom("<project/>");
		Files.writeString(directory.resolve("mvn"), MAVEN);
		Files.setPosixFilePermissions(directory.resolve("mvn"), PosixFilePermissions.fromString("rwx------"));
		Context context = new Context(directory, new StateDirectory(directory.resolve("state")).create(),
				Map.of("PATH", directory + ":" + System.getenv("PATH")),
				new PrintStream(PrintStream.nullOutputStream()), new PrintStream(PrintStream.nullOutputStream()),
				Instant.now());
		this.download = new ProgramDownload(context, "opensearch", Part.ELK);
	}

	@Test
	void downloadsOnce() throws Exception {
		assertThat(this.download.isComplete()).isFalse();
		this.download.run();
		this.download.run();
		assertThat(this.download.isComplete()).isTrue();
		assertThat(this.download.directory()).isDirectoryContaining("glob:**/a.jar")
			.isDirectoryContaining("glob:**/b.jar");
		assertThat(calls()).hasLineCount(1).contains("-f " + pom() + " -P elk ", " generate-resources");
		assertThat(Directories.list(this.directory.resolve("state/programs"))).hasSize(1);
	}

	@Test
	void downloadsAgainForOtherVersions() throws Exception {
		this.download.run();
		Files.writeString(this.download.directory().resolve("a-1.jar"), "");
		pom("<project><version>2</version></project>");
		this.download.run();
		assertThat(calls()).hasLineCount(2);
		assertThat(this.download.directory().resolve("a-1.jar")).doesNotExist();
	}

	@Test
	void downloadsAgainIfIncomplete() throws Exception {
		this.download.run();
		Files.writeString(this.download.directory().resolve("a.jar"), "");
		assertThat(this.download.isComplete()).isFalse();
		this.download.run();
		assertThat(this.download.isComplete()).isTrue();
	}

	@Test
	void keepsThePreviousDownloadAfterAFailure() throws Exception {
		this.download.run();
		pom("<project><version>2</version></project>");
		Files.createFile(this.directory.resolve("offline"));
		assertThatExceptionOfType(CommandFailedException.class).isThrownBy(this.download::run)
			.withMessage("--with elk: opensearch could not be downloaded:")
			.satisfies((failure) -> assertThat(failure.log()).first().asString().contains("[ERROR] no network"));
		assertThat(this.download.isComplete()).isTrue();
		assertThat(Directories.list(this.directory.resolve("state/programs"))).hasSize(1);
	}

	private Path pom() {
		return this.directory.resolve("observability/pom.xml");
	}

	private void pom(String content) throws IOException {
		Files.writeString(pom(), content);
	}

	private String calls() throws IOException {
		return Files.readString(this.directory.resolve("calls"));
	}

}
