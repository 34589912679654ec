package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.microplatform.local.file.Directories;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;

/**
 * Stops every process on record, and processes of the platform whose record is lost.
 * Processes are stopped before the processes that they depend on, except that the
 * registry is stopped first.
 */
@Command(name = "down", header = "stops everything; --purge deletes the data too", description = """
		Stops every process of the platform, those that use others first. The data stay. The next up starts one
		instance of each service.""")
final class Down implements Action {

	/** Longer than a service takes to answer what it has begun. */
	static final Duration PATIENCE = Duration.ofSeconds(40);

	/**
	 * What is stopped before the business services. The registry first: instances need
	 * not deregister for callers that stop as well.
	 */
	private static final List<Set<String>> BEFORE = List.of(Set.of(AotTraining.RECORDS),
			Set.copyOf(ObservabilityProgram.titles()), Set.of(Plan.DISCOVERY), Set.of(Plan.GATEWAY));

	private static final List<Set<String>> AFTER = List.of(Set.of(Plan.CONFIG), Set.copyOf(Plan.INFRASTRUCTURE));

	/** All that a platform ever puts into its state directory. */
	private static final List<String> ENTRIES = List.of("run", "env", "apps", "config", "data", "logs", "programs",
			"secrets.env", Images.DIRECTORY, AotTraining.RECORDS, ObservabilityFiles.DIRECTORY, DesiredInstances.FILE,
			DesiredReleases.FILE, Restore.DIRECTORY, PlatformLock.FILE);

	private final Context context;

	@Option(names = "--purge", description = "deletes data, logs, secrets and everything else in the state directory")
	private boolean purge;

	Down(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		Path root = this.context.state().root();
		if (Files.notExists(root)) {
			this.context.out().println("nothing is running");
			return;
		}
		try (PlatformLock _ = PlatformLock.take(this.context)) {
			new AotTraining(this.context).end();
			List<RunRecord> records = new ArrayList<>(this.context.records().all());
			records.addAll(new LostProcesses(this.context).ours());
			if (records.stream().allMatch((entry) -> entry.process().isEmpty())) {
				this.context.out().println("nothing is running");
			}
			for (Set<String> names : order(records)) {
				stop(records.stream().filter((entry) -> names.contains(entry.name())).toList());
			}
			for (Path damaged : this.context.damaged()) {
				Files.delete(damaged);
			}
			this.context.wanted().forget();
			this.context.releases().forget();
			Files.deleteIfExists(ObservabilityFiles.receivers(this.context.state()).path());
			if (this.purge) {
				purge(root);
			}
		}
	}

	/** Services are what is not known: the checkout may not have all of them any more. */
	private static List<Set<String>> order(List<RunRecord> records) {
		Set<String> services = records.stream().map(RunRecord::name).collect(Collectors.toCollection(HashSet::new));
		Stream.concat(BEFORE.stream(), AFTER.stream()).forEach(services::removeAll);
		return Stream.of(BEFORE, List.of(services), AFTER).flatMap(List::stream).toList();
	}

	private void stop(List<RunRecord> records) throws IOException {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> stops = records.stream().<Future<?>>map((entry) -> executor.submit(() -> {
				stop(entry);
				return null;
			})).toList();
			for (Future<?> stop : stops) {
				stop.get();
			}
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException failure) ? failure : new IOException(ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted", ex);
		}
		for (RunRecord entry : records) {
			this.context.records().delete(entry.instance());
		}
	}

	private void stop(RunRecord entry) throws IOException {
		Optional<RunningProcess> process = entry.process();
		if (process.isEmpty()) {
			return;
		}
		boolean inGoodOrder = process.get().stop(entry.endsOn(), PATIENCE);
		if (process.get().isAlive()) {
			throw new IOException(entry.instance() + " (pid " + entry.pid()
					+ ") cannot be ended by this user: try as the user it belongs to");
		}
		this.context.out().println(stopped(entry.instance(), inGoodOrder));
	}

	/** What a user reads when something has ended. */
	static String stopped(String instance, boolean inGoodOrder) {
		return inGoodOrder ? "✓ %s stopped".formatted(instance)
				: String.format(Locale.ROOT, "✓ %s killed: it did not end within %d s", instance, PATIENCE.toSeconds());
	}

	/** Deletes nothing that is not the platform's, whatever the directory is. */
	private void purge(Path root) throws IOException {
		for (String entry : ENTRIES) {
			Path path = root.resolve(entry);
			if (Files.isDirectory(path)) {
				Directories.delete(path);
			}
			else {
				Files.deleteIfExists(path);
			}
		}
		try (Stream<Path> rest = Files.list(root)) {
			if (rest.findAny().isEmpty()) {
				Files.delete(root);
			}
		}
		this.context.out().println("✓ all data deleted");
	}

}
