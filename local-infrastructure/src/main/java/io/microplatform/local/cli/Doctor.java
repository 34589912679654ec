package io.microplatform.local.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.server.Secrets;

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
		try {
			Secrets.check(this.context.state());
		}
		catch (IOException ex) {
			findings.add(Finding.bad(String.valueOf(ex.getMessage())));
		}
		for (Path file : this.context.damaged()) {
			findings.add(Finding.bad(file + Context.DAMAGED));
		}
		for (RunRecord entry : this.context.records().all()) {
			if (entry.process().isEmpty()) {
				findings.add(Finding.bad(String.format(Locale.ROOT,
						"%s (pid %d) died: `./platform up` starts it again, `./platform down` forgets it",
						entry.instance(), entry.pid())));
			}
		}
		Path root = this.context.state().root();
		for (RunningProcess stray : new LostProcesses(this.context).all()) {
			findings.add(Finding.bad(String.format(Locale.ROOT,
					"pid %d uses %s but is on no record: end it with `kill %d`", stray.pid(), root, stray.pid())));
		}
		return findings.isEmpty() ? List.of(Finding.good("nothing is left of an earlier run")) : findings;
	}

}
