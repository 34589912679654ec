package io.microplatform.local.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class KafkaIdentityTests {

	private static final String WHOLE = """
			#
			#Sun Nov 29 02:00:00 UTC 2026
			cluster.id=DRQKbyNRTkGYSyQXaGd1Yw
			directory.id=QQDtyzT1wDuQ6cxLLKTTFw
			node.id=1
			version=1
			""";

	@SuppressWarnings("NullAway.Init") // set before each
	private Path file;

	@SuppressWarnings("NullAway.Init") // set before each
	private KafkaIdentity identity;

	@BeforeEach
	void create(@TempDir Path directory) throws IOException {
		Path log = Files.createDirectory(directory.resolve("log"));
		this.file = log.resolve("meta.properties");
		this.identity = KafkaIdentity.of(log);
	}

	@Test
	void aDirectoryThatIsNotFormattedHasNone() throws IOException {
		assertThat(this.identity.keep()).isFalse();
		assertThat(this.file).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "cluster.id=DRQKby", "\0\0\0\0", "garbage \\u00" })
	void aDamagedFileIsRepairedFromTheCopy(String content) throws IOException {
		Files.writeString(this.file, WHOLE);
		assertThat(this.identity.keep()).isTrue();
		Files.writeString(this.file, content);
		assertThat(this.identity.keep()).isTrue();
		assertThat(this.file).hasContent(WHOLE);
		Files.delete(this.file);
		assertThat(this.identity.keep()).as("a new directory").isFalse();
		Files.createDirectory(this.file.resolveSibling("__cluster_metadata-0"));
		assertThat(this.identity.keep()).isTrue();
		assertThat(this.file).hasContent(WHOLE);
	}

	@Test
	void aDamagedFileWithoutACopyIsNamed() throws IOException {
		Files.writeString(this.file, "");
		assertThatIOException().isThrownBy(this.identity::keep).withMessageContaining(this.file + " is damaged");
		assertThat(this.file).hasContent("");
	}

}
