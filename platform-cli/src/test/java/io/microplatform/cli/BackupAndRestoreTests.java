package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.microplatform.cli.StandInCheckout.Output;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A platform that loses its data and gets them back, in order: it takes seconds to start,
 * so that the tests share it. Its services are stand-ins, and its outbox is a table of
 * the test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupAndRestoreTests {

	@SuppressWarnings("NullAway.Init") // made before the first test
	private StandInCheckout checkout;

	@SuppressWarnings("NullAway.Init") // set before the first test
	private Path backup;

	@BeforeAll
	void checkOut(@TempDir Path directory) throws IOException {
		this.checkout = new StandInCheckout(directory.resolve("checkout"));
		this.backup = directory.resolve("backups/monday");
	}

	@AfterAll
	void leaveNothing() throws IOException {
		this.checkout.close();
	}

	@Test
	@Order(1)
	void withoutAPlatformThereIsNoBackup() {
		assertRefused("the platform is not up: kafka does not run", "backup", this.backup.toString());
		assertThat(this.backup).doesNotExist();
	}

	@Test
	@Order(2)
	void aBackupAppearsAsAWholeForItsOwnerOnly() throws IOException, SQLException {
		this.checkout.assertDone("up");
		this.checkout.execute("""
				CREATE TABLE outbox (id bigint GENERATED ALWAYS AS IDENTITY, event_id uuid,
					attempts integer NOT NULL DEFAULT 0, retry_at timestamptz, published_at timestamptz)""");
		this.checkout
			.execute("INSERT INTO outbox (event_id, attempts, published_at) VALUES (gen_random_uuid(), 3, now())");
		Output output = this.checkout.assertDone("backup", this.backup.toString());
		assertThat(output.out()).contains("✓ dead letters (0)", "✓ databases", "in " + this.backup);
		assertThat(permissions(this.backup)).isEqualTo("rwx------");
		try (Stream<Path> files = Files.list(this.backup)) {
			assertThat(files).allSatisfy((file) -> assertThat(permissions(file)).isEqualTo("rw-------"))
				.extracting((file) -> String.valueOf(file.getFileName()))
				.contains(BackupManifest.FILE, BackupManifest.DATABASES, BackupManifest.LETTERS, BackupManifest.SECRETS,
						BackupManifest.CONFIGURATION);
		}
		assertThat(this.backup.resolveSibling("")).isDirectoryNotContaining("glob:**.tmp");
	}

	@Test
	@Order(3)
	void aDirectoryWithFilesIsNotABackupsPlace() {
		assertRefused("exists and is not an empty directory", "backup", this.backup.toString());
	}

	@Test
	@Order(3)
	void nothingIsRestoredIntoAPlatformThatRuns() {
		assertRefused("runs: stop the platform and delete its data with `./platform down --purge`", "restore",
				this.backup.toString());
	}

	@Test
	@Order(4)
	void nothingIsRestoredOverData() throws IOException, SQLException {
		this.checkout.execute("CREATE TABLE later AS SELECT 1 AS one");
		this.checkout.assertDone("down");
		assertRefused("there are data in", "restore", this.backup.toString());
	}

	@Test
	@Order(5)
	void aDamagedBackupChangesNothing() throws IOException {
		this.checkout.assertDone("down", "--purge");
		Path letters = this.backup.resolve(BackupManifest.LETTERS);
		byte[] content = Files.readAllBytes(letters);
		Files.write(letters, new byte[content.length]);
		assertRefused("dead-letters.jsonl.gz has changed since", "restore", this.backup.toString());
		assertThat(this.checkout.state()).doesNotExist();
		Files.write(letters, content);
	}

	@Test
	@Order(6)
	void theDataAreThoseOfTheBackup() throws IOException, SQLException {
		String secrets = Files.readString(this.backup.resolve(BackupManifest.SECRETS));
		Output output = this.checkout.assertDone("restore", this.backup.toString());
		assertThat(output.out()).contains("✓ checksums", "✓ databases (events to send again: 1)", "restored");
		assertThat(this.checkout.state().resolve(Restore.DIRECTORY)).doesNotExist();
		assertThat(this.checkout.state().resolve("secrets.env")).hasContent(secrets);
		this.checkout.assertDone("up");
		assertHolds("(SELECT count(*) FROM outbox WHERE published_at IS NULL AND attempts = 0) = 1");
		assertHolds("to_regclass('later') IS NULL");
		this.checkout.execute("INSERT INTO outbox (event_id) VALUES (gen_random_uuid())");
		assertHolds("(SELECT max(id) FROM outbox) > 1000000");
	}

	/** A condition that does not hold divides by zero. */
	private void assertHolds(String condition) throws IOException, SQLException {
		this.checkout.execute("SELECT 1 / (CASE WHEN %s THEN 1 ELSE 0 END)".formatted(condition));
	}

	private void assertRefused(String reason, String... arguments) {
		Output output = this.checkout.run(arguments);
		assertThat(output.err()).startsWith("platform: ").contains(reason).hasLineCount(1);
		assertThat(output.code()).isOne();
	}

	private static String permissions(Path path) throws IOException {
		return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
	}

}
