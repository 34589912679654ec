package io.microplatform.configfiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SnapshotStoreTests {

	private static final Map<String, byte[]> FILES = Map.of("application.yml", "a: 1".getBytes(StandardCharsets.UTF_8));

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	private SnapshotStore store;

	@BeforeEach
	void publishFirst() {
		this.store = new SnapshotStore(this.directory);
		this.store.store("first", FILES);
		this.store.publish(publication("first"));
	}

	@Test
	void thePublishedSnapshotIsCurrent() {
		this.store.store("second", FILES);
		assertThat(this.store.current().version()).isEqualTo("first");
		this.store.publish(publication("second"));
		assertThat(this.store.current()).isEqualTo(new Snapshot("second", this.directory.resolve("second")));
		assertThat(this.store.history()).containsExactly(publication("first"), publication("second"));
	}

	@Test
	void withdrawnIsNotPublished() {
		this.store.withdraw();
		assertThat(this.store.published()).isEmpty();
		assertThat(this.store.has("first")).isTrue();
	}

	@Test
	void anUnknownVersionIsNotPublished() {
		assertThatExceptionOfType(UnknownVersionException.class)
			.isThrownBy(() -> this.store.publish(publication("third")));
		assertThat(this.store.published()).hasValue("first");
	}

	@Test
	void aSnapshotWithoutTheSharedFileIsNotStored() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.store.store("second", Map.of("orders.yml", new byte[0])));
		assertThat(this.store.has("second")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a: 2", "\0\0\0\0" })
	void aDamagedSnapshotIsReplaced(String content) throws IOException {
		Path stored = Files.writeString(this.directory.resolve("first").resolve("application.yml"), content);
		this.store.store("first", FILES);
		assertThat(stored).hasContent("a: 1");
		assertThat(this.directory).isDirectoryNotContaining("glob:**next-*");
	}

	@Test
	void aLineOfTheHistoryThatACrashCutOffStaysAlone() throws IOException {
		Files.write(this.directory.resolve("history"), new byte[] { '2', '0', (byte) 0xFC }, StandardOpenOption.APPEND);
		this.store.publish(publication("first"));
		assertThat(this.store.history()).containsExactly(publication("first"), publication("first"));
	}

	private static Publication publication(String version) {
		return new Publication(Instant.parse("2026-11-27T10:00:00Z"), version, "ann", "up");
	}

}
