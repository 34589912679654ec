package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.process.Strays;

/**
 * Says whether {@code up} can start, and what an earlier run has left behind. Changes
 * nothing.
 */
final class Doctor {

	private final Context context;

	Doctor(Context context) {
		this.context = context;
	}

	void run() throws IOException, CommandFailedException {
		PortChoice ports = new PortChoice(this.context.environment());
		Plan plan = Plan.of(ports, this.context, "");
		List<Finding> findings = new ArrayList<>(new Preflight(this.context, ports, plan).findings());
		findings.addAll(leftovers());
		findings.forEach(this.context.out()::println);
		long problems = findings.stream().filter((finding) -> !finding.good()).count();
		if (problems > 0) {
			throw new CommandFailedException(
					(problems == 1) ? "1 problem, marked ✗ above" : problems + " problems, marked ✗ above");
		}
	}

	private List<Finding> leftovers() throws IOException {
		List<Finding> findings = new ArrayList<>();
		List<RunningProcess> known = new ArrayList<>();
		new AotTraining(this.context).process().ifPresent(known::add);
		for (RunRecord entry : this.context.records().all()) {
			entry.process().ifPresent(known::add);
			if (entry.process().isEmpty()) {
				findings
					.add(Finding.bad("%s (pid %d) died: `./platform up` starts it again, `./platform down` forgets it"
						.formatted(entry.instance(), entry.pid())));
			}
		}
		Path root = this.context.state().root();
		for (RunningProcess stray : Strays.in(usedByProcesses(root), known)) {
			findings.add(Finding.bad("pid %d uses %s but is on no record: end it with `kill %d`".formatted(stray.pid(),
					root, stray.pid())));
		}
		return findings.isEmpty() ? List.of(Finding.good("nothing is left of an earlier run")) : findings;
	}

	/** By both of their names, when there is a symbolic link on the way to them. */
	private static List<Path> usedByProcesses(Path root) throws IOException {
		Path real = Files.exists(root) ? root.toRealPath() : root;
		return Stream.of(root, real).flatMap((path) -> Stream.of(path.resolve("apps"), path.resolve("data"))).toList();
	}

}
