package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import org.apache.kafka.common.KafkaException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import io.microplatform.lab.deadletter.DeadLetterArchive;
import io.microplatform.lab.deadletter.LoadedLetters;
import io.microplatform.local.file.Archive;
import io.microplatform.local.file.AtomicDirectory;
import io.microplatform.local.file.AtomicFile;
import io.microplatform.local.file.Directories;
import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.postgres.PostgresCopy;
import io.microplatform.local.process.Jvm;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.server.Programs;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.Server;
import io.microplatform.local.server.StartFailedException;
import io.microplatform.local.server.StateDirectory;

/**
 * Brings the data of a backup back to a platform that has none. PostgreSQL and Kafka are
 * prepared in a directory of their own, each by a server that ends with this command. The
 * data appear in their place at the end, all at once: whatever interrupts the command
 * before, the platform has no data, and the command can be repeated.
 */
@Command(name = "restore", header = "brings the data of a backup back", description = """
		Restores a directory that backup has made: databases, dead letters, secrets and published configurations. The
		platform must be stopped and must not have any data (`down --purge`). The checksums of all files are verified
		before anything is changed. The next up starts the platform as it was at the end of the backup. What came later
		is lost, and the ids of later users and orders are not given out again.""")
final class Restore implements Action {

	/** Where data are prepared, in the state directory. */
	static final String DIRECTORY = "restore";

	private final Context context;

	@Parameters(paramLabel = "DIR", description = "the directory of the backup")
	private Path directory;

	Restore(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		Path source = this.directory.toAbsolutePath().normalize();
		Duration patience = StartTimeout.of(this.context).duration();
		BackupManifest manifest = BackupManifest.read(source);
		requireNoData();
		manifest.verify(source);
		StateDirectory state = this.context.state().create();
		try (PlatformLock _ = PlatformLock.take(this.context)) {
			requireNoData();
			done("checksums of the backup of " + manifest.at());
			StateDirectory staging = new StateDirectory(state.root().resolve(DIRECTORY), state.programs());
			Directories.delete(staging.root());
			try {
				prepare(source, staging, patience);
				install(source, manifest, staging);
			}
			finally {
				Directories.delete(staging.root());
			}
		}
		this.context.out().println("restored; `./platform up` starts the platform");
	}

	private void done(String what) {
		this.context.out().println("✓ " + what);
	}

	private void requireNoData() throws IOException, CommandFailedException {
		for (RunRecord entry : this.context.records().all()) {
			if (entry.process().isPresent()) {
				throw new CommandFailedException(
						"%s runs: stop the platform and delete its data with `./platform down --purge`"
							.formatted(entry.instance()));
			}
		}
		Path data = data(this.context.state());
		if (!Directories.list(data).isEmpty()) {
			throw new CommandFailedException(
					"there are data in %s: delete them with `./platform down --purge`, or".formatted(data)
							+ " name another directory in PLATFORM_STATE_DIR");
		}
	}

	private static Path data(StateDirectory state) {
		return state.root().resolve("data");
	}

	private void prepare(Path source, StateDirectory staging, Duration patience)
			throws IOException, CommandFailedException {
		staging.create();
		StateDirectory.writeSecret(staging.secrets(), Files.readString(source.resolve(BackupManifest.SECRETS)));
		new PostgresCopy(source.resolve(BackupManifest.DATABASES)).extract(staging.data(Postgres.NAME));
		new Archive(source.resolve(BackupManifest.CONFIGURATION)).extract(staging.config());
		Secrets secrets = Secrets.in(staging, this.context.business());
		Programs programs = Programs.below(this.context.root());
		LeashedLauncher launcher = new LeashedLauncher(staging.logs());
		List<Integer> ports = Ports.free(3);
		Kafka kafka = new Kafka(ports.get(0), ports.get(1), Jvm.QUICK, staging, programs, secrets, launcher);
		LoadedLetters letters = whileRunning(kafka, patience,
				() -> load(source.resolve(BackupManifest.LETTERS), kafka));
		done(String.format(Locale.ROOT, "dead letters (%d)", letters.letters()));
		if (letters.skipped() > 0) {
			this.context.out()
				.println(String.format(Locale.ROOT,
						"note: %d dead letters are left out, because no service has their topics", letters.skipped()));
		}
		Postgres postgres = new Postgres(ports.get(2), staging, programs, secrets, launcher);
		long events = whileRunning(postgres, patience,
				() -> new RestoredDatabases(postgres).prepare(letters.discardedEvents()));
		done(String.format(Locale.ROOT, "databases (events to send again: %d)", events));
	}

	private static LoadedLetters load(Path file, Kafka kafka) throws IOException, CommandFailedException {
		try (DeadLetterArchive archive = new DeadLetterArchive(kafka.adminProperties())) {
			return archive.load(file);
		}
		catch (KafkaException ex) {
			throw new CommandFailedException(
					"the dead letters were not restored: " + Printable.line(String.valueOf(ex.getMessage())));
		}
	}

	/** Runs a task while a server runs, which has stopped in good order afterwards. */
	private static <T> T whileRunning(Server server, Duration patience, Task<T> task)
			throws IOException, CommandFailedException {
		try {
			server.start(patience);
			T result = task.run();
			if (!server.stop(Down.PATIENCE)) {
				throw new CommandFailedException(server.instance().name() + " did not stop: try again");
			}
			return result;
		}
		catch (StartFailedException ex) {
			throw new CommandFailedException(String.valueOf(ex.getMessage()), ex.log());
		}
		finally {
			server.kill();
		}
	}

	/** The data come last: without them there is nothing that up would start with. */
	private void install(Path source, BackupManifest manifest, StateDirectory staging) throws IOException {
		StateDirectory state = this.context.state();
		for (Path file : List.of(this.context.wanted().file(), this.context.releases().file())) {
			String name = String.valueOf(file.getFileName());
			Files.deleteIfExists(file);
			if (manifest.has(name)) {
				new AtomicFile(file).write(Files.readString(source.resolve(name)));
			}
		}
		Directories.delete(state.config());
		new AtomicDirectory(state.config()).create(staging.config());
		StateDirectory.writeSecret(state.secrets(), Files.readString(staging.secrets()));
		new AtomicDirectory(data(state)).create(data(staging));
	}

	/** What is done while a server runs. */
	private interface Task<T> {

		T run() throws IOException, CommandFailedException;

	}

}
