package io.microplatform.config.rollout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.microplatform.configfiles.SnapshotStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RolloutJournalTests {

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	@Test
	void aFailedAttemptDoesNotReleaseTheLockToAnotherServer() throws IOException, InterruptedException {
		RolloutJournal journal = new RolloutJournal(new SnapshotStore(this.directory));
		try (RolloutJournal.Entry entry = journal.lock()) {
			entry.begin("first");
			assertThat(journal.tryLock()).isEmpty();
			assertThat(anotherServerTakesIt()).isFalse();
		}
		assertThat(anotherServerTakesIt()).isTrue();
	}

	@Test
	void aReleasedLockCanBeAcquiredAgain() {
		RolloutJournal journal = new RolloutJournal(new SnapshotStore(this.directory));
		for (int i = 0; i < 2; i++) {
			assertThat(journal.tryLock()).hasValueSatisfying(RolloutJournal.Entry::close);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "0123", "\0\0\0\0", "..", "ÿþ" })
	void aDamagedRecordIsIgnoredAndDeleted(String content) throws IOException {
		RolloutJournal journal = new RolloutJournal(new SnapshotStore(this.directory));
		Path note = Files.writeString(this.directory.resolve("unfinished"), content, StandardCharsets.ISO_8859_1);
		try (RolloutJournal.Entry entry = journal.lock()) {
			assertThat(entry.unfinished()).isEmpty();
		}
		assertThat(note).doesNotExist();
	}

	@Test
	void anUnfinishedRolloutIsOnRecord() throws IOException {
		SnapshotStore snapshots = new SnapshotStore(this.directory);
		snapshots.store("first", Map.of("application.yml", new byte[0]));
		try (RolloutJournal.Entry entry = new RolloutJournal(snapshots).lock()) {
			entry.begin("first");
		}
		try (RolloutJournal.Entry entry = new RolloutJournal(snapshots).lock()) {
			assertThat(entry.unfinished()).hasValue("first");
		}
	}

	private boolean anotherServerTakesIt() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), AnotherServer.class.getName(), this.directory.toString())
			.inheritIO()
			.start();
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).isIn(AnotherServer.TOOK_IT, AnotherServer.DID_NOT);
		return process.exitValue() == AnotherServer.TOOK_IT;
	}

	/** A process of its own, as locks of the file system are between these. */
	static final class AnotherServer {

		static final int TOOK_IT = 10;

		static final int DID_NOT = 11;

		private AnotherServer() {
		}

		public static void main(String[] arguments) {
			RolloutJournal journal = new RolloutJournal(new SnapshotStore(Path.of(arguments[0])));
			System.exit(journal.tryLock().isPresent() ? TOOK_IT : DID_NOT);
		}

	}

}
