package io.microplatform.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ImageJarTests {

	private static final List<String> NATIVE = List.of("linux/amd64/libzstd-jni.so", "linux/aarch64/libzstd-jni.so",
			"linux/s390x/libzstd-jni.so", "darwin/aarch64/libzstd-jni.dylib", "freebsd/amd64/libzstd-jni.so",
			"win/amd64/libzstd-jni.dll", "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so",
			"org/xerial/snappy/native/Linux/android-arm/libsnappyjava.so",
			"META-INF/native/libnetty_transport_native_epoll_x86_64.so");

	@TempDir
	private Path directory;

	@Test
	void entriesAreCopiedUncompressed() throws IOException {
		String repetition = "a".repeat(10_000);
		Path copy = copy("amd64", "META-INF/", "META-INF/MANIFEST.MF", repetition);
		try (ZipFile jar = new ZipFile(copy.toFile())) {
			assertThat(jar.stream().map(ZipEntry::getName)).containsExactly("META-INF/", "META-INF/MANIFEST.MF",
					repetition);
			assertThat(jar.stream()).allSatisfy((entry) -> {
				assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
				assertThat(jar.getInputStream(entry).readAllBytes()).asString()
					.isEqualTo(entry.isDirectory() ? "" : entry.getName());
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "amd64, '0,6,8'", "arm64, '1,8'" })
	void nativeLibrariesOfOtherPlatformsAreLeftOut(String architecture, String kept) throws IOException {
		Path copy = copy(architecture, NATIVE.toArray(String[]::new));
		try (ZipFile jar = new ZipFile(copy.toFile())) {
			assertThat(jar.stream().map((entry) -> String.valueOf(NATIVE.indexOf(entry.getName()))))
				.containsExactly(kept.split(","));
		}
	}

	/** Copies a jar whose entries contain their own names. */
	private Path copy(String architecture, String... entries) throws IOException {
		Path source = this.directory.resolve("source.jar");
		try (OutputStream output = Files.newOutputStream(source); ZipOutputStream jar = new ZipOutputStream(output)) {
			for (String entry : entries) {
				jar.putNextEntry(new ZipEntry(entry));
				if (!entry.endsWith("/")) {
					jar.write(entry.getBytes(StandardCharsets.UTF_8));
				}
			}
		}
		Path copy = this.directory.resolve("copy.jar");
		ImageJar.copy(source, copy, architecture);
		return copy;
	}

}
