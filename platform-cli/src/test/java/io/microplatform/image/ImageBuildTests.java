package io.microplatform.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * What is refused before an image is built, and the labels.
 */
class ImageBuildTests {

	@TempDir
	private Path directory;

	@BeforeEach
	void describeTheProject() throws IOException {
		Files.writeString(this.directory.resolve("pom.xml"), """
				<artifactId>microplatform</artifactId>
				<version>1.2.3</version>
				<project.build.outputTimestamp>2026-11-30T00:00:00Z</project.build.outputTimestamp>
				""");
	}

	@Test
	void aBaseThatIsNotAFile() {
		assertRefused("tar:" + this.directory.resolve("base.tar"), "amd64", null, "base.tar is not a file");
	}

	@Test
	void aDirectoryThatIsNotAJdk() {
		assertRefused("base", "arm64", this.directory, "is not a JDK");
	}

	@Test
	void aJdkForAnotherArchitecture() throws IOException {
		Files.writeString(this.directory.resolve("release"), "OS_NAME=\"Linux\"\nOS_ARCH=\"x86_64\"\n");
		assertRefused("base", "arm64", this.directory, "is not a JDK for linux/arm64", "--jdk", "--runtime base");
	}

	private void assertRefused(String base, String architecture, @Nullable Path jdk, String... messages) {
		ImageSettings settings = new ImageSettings(this.directory.resolve("images"), base, false, architecture, jdk,
				true, "latest", Map.of());
		assertThatIOException().isThrownBy(() -> new ImageBuild(settings, this.directory, List.of()))
			.satisfies((ex) -> assertThat(ex.getMessage()).contains(messages).hasLineCount(1));
	}

	@Test
	void theLabelsDoNotDependOnTheTimeOfTheBuild() throws IOException {
		ProjectInfo project = ProjectInfo.of(this.directory);
		assertThat(project.labels("order-service", Map.of("PLATFORM_REVISION", "0f")))
			.containsEntry("org.opencontainers.image.title", "order-service")
			.containsEntry("org.opencontainers.image.version", "1.2.3")
			.containsEntry("org.opencontainers.image.created", "2026-11-30T00:00:00Z")
			.containsEntry("org.opencontainers.image.revision", "0f")
			.doesNotContainKey("org.opencontainers.image.source");
	}

	@Test
	void thisCheckoutHasWhatTheLabelsNeed() throws IOException {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root")));
		assertThat(ProjectInfo.of(root).version()).isNotEmpty();
	}

}
