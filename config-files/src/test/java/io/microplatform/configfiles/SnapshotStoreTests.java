package io.microplatform.configfiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SnapshotStoreTests {

	private static final Map<String, byte[]> FILES = Map.of("application.yml", "a: 1".getBytes(StandardCharsets.UTF_8));

	private static final FileTime OLD = FileTime.from(Instant.EPOCH);

	/** Before this test. */
	private static final Instant RECENT = Instant.EPOCH.plusSeconds(1);

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

	@Nested
	class OldSnapshots {

		@BeforeEach
		void publishTen() throws IOException {
			Files.setLastModifiedTime(SnapshotStoreTests.this.directory.resolve("first"), OLD);
			for (int i = 1; i <= 10; i++) {
				storeOld("v" + i);
				SnapshotStoreTests.this.store.publish(publication("v" + i));
			}
		}

		@Test
		void areDeletedExceptTheNewestThatWerePublished() throws IOException {
			SnapshotStoreTests.this.store.publish(publication("v2"));
			SnapshotStoreTests.this.store.retain(3, RECENT);
			assertThat(versions()).containsExactlyInAnyOrder("v2", "v9", "v10");
			assertThat(SnapshotStoreTests.this.store.current().version()).isEqualTo("v2");
			assertThat(SnapshotStoreTests.this.store.history()).hasSize(12);
		}

		@Test
		void areKeptWhileARolloutMayReturnToThem() throws IOException {
			SnapshotStoreTests.this.store.write(SnapshotStore.UNFINISHED, "v1");
			SnapshotStoreTests.this.store.retain(2, RECENT);
			assertThat(versions()).containsExactlyInAnyOrder("v1", "v9", "v10");
		}

		@Test
		void areKeptWhileTheyArePublished() throws IOException {
			SnapshotStoreTests.this.store.write("current", "v1");
			SnapshotStoreTests.this.store.retain(2, RECENT);
			assertThat(versions()).containsExactlyInAnyOrder("v1", "v9", "v10");
		}

		@Test
		void areNotThoseThatMayBeAboutToBePublished() throws IOException {
			storeOld("refused");
			SnapshotStoreTests.this.store.retain(2, RECENT);
			SnapshotStoreTests.this.store.store("valid", FILES);
			SnapshotStoreTests.this.store.store("v1", FILES);
			SnapshotStoreTests.this.store.retain(2, RECENT);
			assertThat(versions()).containsExactlyInAnyOrder("valid", "v1", "v9", "v10");
		}

		@Test
		void areNotThoseThatAreStoredAgain() throws IOException {
			SnapshotStoreTests.this.store.store("v1", FILES);
			SnapshotStoreTests.this.store.retain(2, RECENT);
			assertThat(versions()).containsExactlyInAnyOrder("v1", "v9", "v10");
		}

		@Test
		void includeWhatACrashLeft() throws IOException {
			Path left = Files.createDirectory(SnapshotStoreTests.this.directory.resolve("next-1234"));
			Files.setLastModifiedTime(left, OLD);
			Path repository = Files.createDirectory(SnapshotStoreTests.this.directory.resolve("git"));
			Files.setLastModifiedTime(repository, OLD);
			SnapshotStoreTests.this.store.retain(2, RECENT);
			assertThat(left).doesNotExist();
			assertThat(repository).exists();
			assertThat(SnapshotStoreTests.this.directory).isDirectoryNotContaining("glob:**next-*");
		}

		@Test
		void areNamedWhenTheyAreAskedFor() {
			SnapshotStoreTests.this.store.retain(2, RECENT);
			assertThatExceptionOfType(UnknownVersionException.class)
				.isThrownBy(() -> SnapshotStoreTests.this.store.get("v1"))
				.withMessage("version v1 was deleted: only the newest versions are kept");
			assertThatExceptionOfType(UnknownVersionException.class)
				.isThrownBy(() -> SnapshotStoreTests.this.store.get("v11"))
				.withMessage("there is no version v11");
		}

		private void storeOld(String version) throws IOException {
			SnapshotStoreTests.this.store.store(version, FILES);
			Files.setLastModifiedTime(SnapshotStoreTests.this.directory.resolve(version), OLD);
		}

		private List<String> versions() throws IOException {
			try (Stream<Path> entries = Files.list(SnapshotStoreTests.this.directory)) {
				return entries.filter(Files::isDirectory).map((entry) -> entry.getFileName().toString()).toList();
			}
		}

	}

	@Test
	void theHistoryHasALimit() throws IOException {
		Files.writeString(this.directory.resolve("history"), (publication("first").asLine() + "\n").repeat(1100));
		this.store.store("last", FILES);
		this.store.publish(publication("last"));
		this.store.retain(1, RECENT);
		assertThat(this.store.history()).hasSize(1000).last().isEqualTo(publication("last"));
		this.store.publish(publication("first"));
		assertThat(this.store.history()).hasSize(1001).last().isEqualTo(publication("first"));
	}

	private static Publication publication(String version) {
		return new Publication(Instant.parse("2026-11-27T10:00:00Z"), version, "ann", "up");
	}

}
