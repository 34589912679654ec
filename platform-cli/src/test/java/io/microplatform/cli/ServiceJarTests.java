package io.microplatform.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceJarTests {

	@TempDir
	private Path directory;

	@Test
	void jarsOfReproducibleBuildsDifferByTheirContentOnly() throws IOException {
		Path first = extractedTo("a");
		assertThat(extractedTo("b")).isNotEqualTo(first);
		assertThat(extractedTo("a")).isEqualTo(first);
	}

	private Path extractedTo(String content) throws IOException {
		Path file = this.directory.resolve("order-service.jar");
		try (OutputStream output = Files.newOutputStream(file); ZipOutputStream jar = new ZipOutputStream(output)) {
			ZipEntry entry = new ZipEntry("application.yml");
			entry.setTime(0);
			jar.putNextEntry(entry);
			jar.write(content.getBytes(StandardCharsets.UTF_8));
		}
		Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-30T00:00:00Z")));
		return new ServiceJar(file, this.directory.resolve("home")).extractedTo();
	}

}
