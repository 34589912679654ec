package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

import org.apache.kafka.common.KafkaException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.microplatform.lab.deadletter.DeadLetterArchive;
import io.microplatform.local.file.ArchiveWriter;
import io.microplatform.local.file.AtomicDirectory;
import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;
import io.microplatform.local.file.OwnerOnly;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.postgres.PostgresCopy;
import io.microplatform.local.process.DetachedLauncher;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.server.Programs;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.StateDirectory;

/**
 * Saves what cannot be made anew, while the platform serves. The order matters: dead
 * letters are saved before the databases, so that each letter tells of an event that the
 * databases know; see docs/adr/0023-backups.md.
 */
@Command(name = "backup", header = "saves the data to a directory, while the platform runs", description = """
		Saves the databases, the dead letters, the secrets and the published configurations to a directory, while the
		platform serves. Everything that was acknowledged before the command began is in the backup. The directory
		contains secrets, is for its owner only, and appears when it is complete. Redis is a cache and is not saved.
		Needs only PostgreSQL and Kafka. `restore` brings the data back.""")
final class Backup implements Action {

	private static final double MEBIBYTE = 1024 * 1024;

	private final Context context;

	@Parameters(paramLabel = "DIR", description = "the directory, which must not exist yet or be empty")
	private Path directory;

	Backup(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		Path target = this.directory.toAbsolutePath().normalize();
		if (Files.exists(target) && !(Files.isDirectory(target) && Directories.list(target).isEmpty())) {
			throw new CommandFailedException(
					"%s exists and is not an empty directory: name another one".formatted(target));
		}
		if (Files.exists(target) && !Files.getFileStore(target).equals(Files.getFileStore(target.resolveSibling("")))) {
			throw new CommandFailedException("%s is a mount point: name a directory in it".formatted(target));
		}
		requireStores();
		try (PlatformLock _ = PlatformLock.take(this.context)) {
			requireStores();
			Path fresh = target
				.resolveSibling("%s.%s.tmp".formatted(target.getFileName(), ProcessHandle.current().pid()));
			Directories.delete(fresh);
			try {
				OwnerOnly.createDirectories(fresh);
				BackupManifest manifest = save(fresh);
				new AtomicDirectory(target).create(fresh);
				this.context.out()
					.println(String.format(Locale.ROOT, "backup of %s in %s, %.1f MiB", manifest.at(), target,
							manifest.size() / MEBIBYTE));
			}
			finally {
				Directories.delete(fresh);
			}
		}
	}

	private void requireStores() throws IOException, CommandFailedException {
		for (String store : List.of(Kafka.NAME, Postgres.NAME)) {
			LivePlatform.requireRunning(this.context, store);
		}
	}

	private BackupManifest save(Path fresh) throws IOException, CommandFailedException {
		Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
		Secrets secrets = Secrets.in(this.context.state(), this.context.business());
		saveSettings(fresh);
		done("secrets and configuration");
		long letters = saveLetters(fresh.resolve(BackupManifest.LETTERS), secrets);
		done(String.format(Locale.ROOT, "dead letters (%d)", letters));
		saveDatabases(fresh.resolve(BackupManifest.DATABASES), secrets);
		done("databases");
		BackupManifest manifest = BackupManifest.of(fresh, at, PlatformVersion.of(this.context.root()));
		manifest.write(fresh);
		return manifest;
	}

	private void done(String what) {
		this.context.out().println("✓ " + what);
	}

	private void saveSettings(Path fresh) throws IOException {
		StateDirectory state = this.context.state();
		for (Path file : List.of(state.secrets(), this.context.wanted().file(), this.context.releases().file())) {
			String content = new AtomicFile(file).read().orElse("");
			if (!content.isEmpty()) {
				new AtomicFile(fresh.resolve(String.valueOf(file.getFileName()))).writeSecret(content);
			}
		}
		try (ArchiveWriter archive = ArchiveWriter.create(fresh.resolve(BackupManifest.CONFIGURATION))) {
			archive.addTree(state.config(), (name) -> !name.endsWith(".tmp"));
		}
	}

	private long saveLetters(Path file, Secrets secrets) throws IOException, CommandFailedException {
		RunRecord kafka = LivePlatform.requireRunning(this.context, Kafka.NAME);
		try (DeadLetterArchive letters = new DeadLetterArchive(Kafka.clientProperties("127.0.0.1:" + kafka.port(),
				Kafka.ADMIN, secrets.password("KAFKA", Kafka.ADMIN)))) {
			return letters.save(file);
		}
		catch (KafkaException ex) {
			throw new CommandFailedException("kafka failed: %s; `./platform status` shows what runs"
				.formatted(Printable.line(String.valueOf(ex.getMessage()))));
		}
	}

	private void saveDatabases(Path file, Secrets secrets) throws IOException, CommandFailedException {
		RunRecord postgres = LivePlatform.requireRunning(this.context, Postgres.NAME);
		StateDirectory state = this.context.state();
		new PostgresCopy(file).make(
				new Postgres(postgres.port(), state, Programs.below(this.context.root()), secrets,
						new DetachedLauncher(this.context.records(), state.logs())),
				state.data(Postgres.NAME).toAbsolutePath());
	}

}
