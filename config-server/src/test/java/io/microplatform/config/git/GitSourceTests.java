package io.microplatform.config.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.configfiles.FileNote;
import io.microplatform.configfiles.SnapshotStore;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GitSourceTests {

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	private SnapshotStore snapshots;

	private String commit = "";

	@BeforeEach
	void commitTwoDirectories() throws Exception {
		this.snapshots = new SnapshotStore(this.directory.resolve("snapshots"));
		write("blue/application.yml", "colour: blue\n");
		write("green/application.yml", "colour: green\n");
		write("green/.#application.yml", "[");
		write("empty/order-service.yml", "a: 1\n");
		Git.init().setInitialBranch("main").setDirectory(work().toFile()).call().close();
		this.commit = commit();
	}

	private Path work() {
		return this.directory.resolve("work");
	}

	private void write(String name, String content) throws IOException {
		Path file = work().resolve(name);
		Files.createDirectories(file.getParent());
		Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
	}

	private String commit() throws GitAPIException, IOException {
		try (Git git = Git.open(work().toFile())) {
			git.add().addFilepattern(".").call();
			return git.commit()
				.setMessage("configuration")
				.setAuthor("Ann", "ann@example.org")
				.setCommitter("Ann", "ann@example.org")
				.setSign(false)
				.call()
				.name();
		}
	}

	private GitSource source(String branch, String directory) {
		return new GitSource(properties(branch, directory), this.snapshots);
	}

	private GitProperties properties(@Nullable String branch, String directory) {
		return new GitProperties(work().toString(), (branch != null) ? branch : "main", directory, null, null,
				"a-secret-for-tests");
	}

	private List<String> kept() throws IOException {
		try (Stream<Path> entries = Files.list(this.snapshots.directory())) {
			return entries.map((entry) -> entry.getFileName().toString())
				.filter((name) -> !name.equals("git"))
				.toList();
		}
	}

	@Test
	void twoDirectoriesOfOneCommitAreTwoVersions() throws Exception {
		String blue = source("main", "blue").newest().version();
		String green = source("main", "green/").newest().version();
		assertThat(blue).startsWith(this.commit).isNotEqualTo(green);
		assertThat(this.snapshots.get(blue).directory().resolve("application.yml")).hasContent("colour: blue");
		assertThat(this.snapshots.get(green).directory()).isDirectoryNotContaining("glob:**.#*");
		assertThat(this.snapshots.get(green).directory().resolve("application.yml")).hasContent("colour: green");
		assertThat(source("main", "blue").of(this.commit).version()).isEqualTo(blue);
		assertThat(kept()).containsExactlyInAnyOrder(blue, green);
	}

	@Test
	void twoBranchesOfOneCommitAreTwoVersions() throws Exception {
		try (Git git = Git.open(work().toFile())) {
			git.branchCreate().setName("next").call();
		}
		assertThat(source("next", "blue").newest().version()).startsWith(this.commit)
			.isNotEqualTo(source("main", "blue").newest().version());
	}

	@Test
	void aWrongDirectoryIsNamedAndLeavesNothing() throws Exception {
		for (String wrong : List.of("bleu", "", "empty", "blue/application.yml", "blu")) {
			GitSource source = source("main", wrong);
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(NoSuchCommitException.class).isThrownBy(source::newest)
					.withMessageContaining(wrong.isEmpty() ? "root" : "'" + wrong + "'")
					.withMessageContaining("PLATFORM_CONFIG_GIT_DIRECTORY");
			}
		}
		assertThat(kept()).isEmpty();
		assertThat(this.snapshots.get(source("main", "blue").newest().version()).directory()).exists();
	}

	@Test
	void anUnknownBranchIsNamed() {
		assertThatExceptionOfType(NoSuchCommitException.class).isThrownBy(source("nxet", "blue")::newest)
			.withMessageContaining("'nxet'")
			.withMessageContaining("PLATFORM_CONFIG_GIT_BRANCH");
		assertThatIllegalArgumentException().isThrownBy(() -> properties("ne xt", "blue"));
	}

	@Test
	void anUnavailableRepositoryIsReported() throws Exception {
		Files.move(work(), this.directory.resolve("elsewhere"));
		assertThatExceptionOfType(GitUnavailableException.class).isThrownBy(source("main", "blue")::newest);
	}

	@Test
	void anInvalidCommitIsNotStored() throws Exception {
		write("blue/order-service.yml", "a: 1\nb: J\u00fcrgen\n");
		Files.createSymbolicLink(work().resolve("blue/user-service.yml"), Path.of("../green/application.yml"));
		commit();
		assertThat(source("main", "blue").newest().problems()).containsExactly(
				new FileNote("order-service.yml", "line 2 is not UTF-8"),
				new FileNote("user-service.yml", "is not a file"));
		assertThat(kept()).isEmpty();
		assertThat(source("main", "green").newest().problems()).isEmpty();
	}

	@Test
	void aDamagedSnapshotIsReplaced() throws Exception {
		GitSource source = source("main", "blue");
		String version = source.newest().version();
		Files.delete(this.snapshots.get(version).directory().resolve("application.yml"));
		Files.writeString(this.snapshots.directory().resolve(version).resolve("other"), "left over");
		source.newest();
		assertThat(this.snapshots.get(version).directory().resolve("application.yml")).exists();
		assertThat(kept()).containsExactly(version);
	}

}
