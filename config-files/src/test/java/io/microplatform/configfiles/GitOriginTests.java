package io.microplatform.configfiles;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GitOriginTests {

	private static final String COMMIT = "0123456789012345678901234567890123456789";

	private static final GitOrigin ORIGIN = new GitOrigin("https://git.example.org/a.git", "main", "config");

	@Test
	void aVersionIsRepositoryBranchDirectoryAndCommit() {
		List<GitOrigin> others = List.of(new GitOrigin("https://git.example.org/b.git", "main", "config"),
				new GitOrigin(ORIGIN.uri(), "next", "config"), new GitOrigin(ORIGIN.uri(), "main", ""),
				new GitOrigin(ORIGIN.uri(), "main", "config/local"));
		assertThat(ORIGIN.version(COMMIT)).startsWith(COMMIT).matches("[0-9a-f]{40}-[0-9a-f]{12}");
		assertThat(ORIGIN.isOf(ORIGIN.version(COMMIT))).isTrue();
		assertThat(others).noneMatch((other) -> other.isOf(ORIGIN.version(COMMIT)));
		assertThat(Stream.concat(others.stream(), Stream.of(ORIGIN)).map((origin) -> origin.version(COMMIT)))
			.doesNotHaveDuplicates();
		assertThat(ORIGIN.isOf(COMMIT)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "config", "/config", "config/", "./config", "config//", " config " })
	void aDirectoryHasManySpellings(String directory) {
		assertThat(new GitOrigin(ORIGIN.uri(), "main", directory)).isEqualTo(ORIGIN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", ".", "./" })
	void theRootHasThemToo(String directory) {
		assertThat(new GitOrigin(ORIGIN.uri(), "main", directory).directory()).isEmpty();
	}

	@Test
	void aDirectoryIsInTheRepository() {
		assertThatIllegalArgumentException().isThrownBy(() -> new GitOrigin(ORIGIN.uri(), "main", "../config"));
	}

}
