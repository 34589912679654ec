package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.local.file.Directories;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Signal;
import io.microplatform.local.process.OrphanedProcesses;

/**
 * Processes that use the state directory but have no record, because the record is
 * damaged or missing.
 */
final class LostProcesses {

	private final Context context;

	LostProcesses(Context context) {
		this.context = context;
	}

	/** All of them, including those that a user has started there. */
	List<RunningProcess> all() throws IOException {
		return OrphanedProcesses.in(both(Stream.of("apps", "data", AotTraining.RECORDS)), known());
	}

	/** Those that are the platform's own, told by the program that they run. */
	List<RunRecord> ours() throws IOException {
		List<RunRecord> ours = new ArrayList<>();
		if (all().isEmpty()) {
			return ours;
		}
		List<RunningProcess> known = known();
		for (String name : names()) {
			for (RunningProcess process : OrphanedProcesses.in(both(Stream.of(directoryOf(name))), known)) {
				if (runsAProgramOfOurs(process)) {
					ours.add(RunRecord.ofFound(name, process, name.equals(Postgres.NAME) ? Signal.INT : Signal.TERM));
				}
			}
		}
		return ours;
	}

	/** Services by their directories: the checkout may not have all of them any more. */
	private List<String> names() throws IOException {
		return Stream.of(Plan.INFRASTRUCTURE, ObservabilityProgram.titles(), List.of(AotTraining.RECORDS), services())
			.flatMap(Collection::stream)
			.distinct()
			.toList();
	}

	private List<String> services() throws IOException {
		return Directories.list(this.context.state().apps())
			.stream()
			.map((directory) -> String.valueOf(directory.getFileName()))
			.sorted()
			.toList();
	}

	private String directoryOf(String name) throws IOException {
		if (name.equals(AotTraining.RECORDS)) {
			return name;
		}
		return (services().contains(name) ? "apps/" : "data/") + name;
	}

	private List<RunningProcess> known() throws IOException {
		List<RunningProcess> known = new ArrayList<>();
		new AotTraining(this.context).process().ifPresent(known::add);
		for (RunRecord entry : this.context.records().all()) {
			entry.process().ifPresent(known::add);
		}
		return known;
	}

	private boolean runsAProgramOfOurs(RunningProcess process) {
		String program = ProcessHandle.of(process.pid()).flatMap((handle) -> handle.info().command()).orElse("");
		return program.endsWith("/bin/java") || ObservabilityProgram.isProgram(Path.of(program))
				|| program.startsWith(real(this.context.state().root().resolve("programs")) + "/");
	}

	/** By both of their names, when there is a symbolic link on the way to them. */
	private List<Path> both(Stream<String> names) {
		Path root = this.context.state().root();
		return names.flatMap((name) -> Stream.of(root, real(root)).map((path) -> path.resolve(name)))
			.distinct()
			.toList();
	}

	private static Path real(Path path) {
		try {
			return Files.exists(path) ? path.toRealPath() : path;
		}
		catch (IOException unknown) {
			return path;
		}
	}

}
