package io.microplatform.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class AppDirectoryTests {

	private static final String PROBE = "io/microplatform/instance/probe/Probe.class";

	@TempDir
	private Path directory;

	@Test
	void theSameFilesResultInTheSameBytesAndTimes() throws IOException {
		Path starter = jar("lib/instance-starter-1.jar", 1, PROBE);
		String first = fingerprint(program(jar("first/a.jar", 1_000_000_000_000L, "A.class"), List.of(starter), null));
		String second = fingerprint(program(jar("other/a.jar", 1_100_000_000_000L, "A.class"), List.of(starter), null));
		assertThat(second).isEqualTo(first);
		for (Path file : FixedTime.files(this.directory.resolve("staging"))) {
			assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(FixedTime.INSTANT);
		}
	}

	@Test
	void otherContentHasAnotherDirectory() throws IOException {
		Path staging = this.directory.resolve("staging");
		AppDirectory first = AppDirectory.of(program(jar("first/a.jar", 1, "A.class"), List.of(), null), staging,
				"amd64");
		AppDirectory second = AppDirectory.of(program(jar("other/a.jar", 1, "B.class"), List.of(), null), staging,
				"amd64");
		assertThat(second.path()).isNotEqualTo(first.path()).isDirectory();
		assertThat(first.path()).doesNotExist();
	}

	private String fingerprint(ImageProgram program) throws IOException {
		AppDirectory app = AppDirectory.of(program, this.directory.resolve("staging"), "amd64");
		return new Fingerprint().add(app.path(), app.files()).value();
	}

	@Test
	void theFilesAreDividedByHowOftenTheyChange() throws IOException {
		Path starter = jar("lib/instance-starter-1.jar", 1, PROBE);
		Path spring = jar("lib/spring-core-7.jar", 1, "org/springframework/A.class");
		AppDirectory app = AppDirectory.of(program(jar("a.jar", 1, "A.class"), List.of(starter, spring), null),
				this.directory.resolve("staging"), "amd64");
		assertThat(names(app.dependencies())).containsExactly("spring-core-7.jar");
		assertThat(names(app.platform())).containsExactly("instance-starter-1.jar", "probe.jar");
		assertThat(names(app.application())).containsExactly("a.jar");
	}

	private static List<String> names(List<Path> files) {
		return files.stream().map((file) -> String.valueOf(file.getFileName())).toList();
	}

	@Test
	void aStarterWithoutTheProbeIsRefused() throws IOException {
		ImageProgram program = program(jar("a.jar", 1, "A.class"), List.of(jar("lib/instance-starter-1.jar", 1, "B")),
				null);
		assertThatIOException().isThrownBy(() -> AppDirectory.of(program, this.directory.resolve("staging"), "amd64"))
			.withMessageContaining("mvn package");
	}

	@Test
	void aProgramWithoutADescriptionIsStartedByItsMainClass() throws IOException {
		ImageProgram.Main main = new ImageProgram.Main("a.Main", List.of("-Da=b"), List.of("provide"));
		AppDirectory app = AppDirectory.of(program(jar("a.jar", 1, "A.class"), List.of(), main),
				this.directory.resolve("staging"), "amd64");
		assertThat(app.arguments()).containsExactly("-Da=b", "-cp", "a.jar:lib/*", "a.Main");
	}

	private static ImageProgram program(Path jar, List<Path> libraries, ImageProgram.@Nullable Main main) {
		return new ImageProgram("a", jar, libraries, main, Map.of(), Set.of(), Map.of(), Set.of(), false);
	}

	private Path jar(String name, long time, String entry) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.resolveSibling(""));
		try (OutputStream output = Files.newOutputStream(file); ZipOutputStream jar = new ZipOutputStream(output)) {
			ZipEntry content = new ZipEntry(entry);
			content.setTime(time);
			jar.putNextEntry(content);
			jar.write(entry.getBytes(StandardCharsets.UTF_8));
		}
		return file;
	}

}
