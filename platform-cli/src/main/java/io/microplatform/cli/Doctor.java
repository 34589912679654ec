package io.microplatform.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import picocli.CommandLine.Command;

import io.microplatform.launcher.MavenProgram;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;
import io.microplatform.local.server.Secrets;

/**
 * Reports whether {@code up} can start, and what an earlier run left behind. Changes
 * nothing.
 */
@Command(name = "doctor", header = "whether up can start, and what prevents it", description = """
		Checks what up needs: JDK 25, Maven, memory, disk and every port; and what an earlier run left behind.
		Prints one line each, ✓ or ✗, and exits with 1 if there is a ✗. Changes nothing.""")
final class Doctor implements Action {

	private final Context context;

	Doctor(Context context) {
		this.context = context;
	}

	@Override
	public void run() throws IOException, CommandFailedException {
		PortChoice ports = new PortChoice(this.context.environment());
		Plan plan = Plan.of(ports, this.context, "");
		List<PreflightFinding> findings = new ArrayList<>(tools());
		findings.addAll(new Preflight(this.context, ports, plan).findings());
		findings.addAll(leftovers());
		findings.forEach(this.context.out()::println);
		long problems = findings.stream().filter((finding) -> !finding.good()).count();
		if (problems > 0) {
			throw new CommandFailedException(
					(problems == 1) ? "1 problem, marked ✗ above" : problems + " problems, marked ✗ above");
		}
	}

	private List<PreflightFinding> tools() {
		Path jdk = Path.of(System.getProperty("java.home"));
		PreflightFinding maven = MavenProgram.find(this.context.environment().getOrDefault("PATH", ""))
			.map((program) -> PreflightFinding.good("Maven at " + program))
			.orElseGet(() -> PreflightFinding.bad(MavenProgram.MISSING));
		return List.of(PreflightFinding.good("JDK 25 at " + jdk), maven);
	}

	private List<PreflightFinding> leftovers() throws IOException {
		List<PreflightFinding> findings = new ArrayList<>();
		try {
			Secrets.check(this.context.state());
		}
		catch (IOException ex) {
			findings.add(PreflightFinding.bad(String.valueOf(ex.getMessage())));
		}
		for (Path file : this.context.damaged()) {
			findings.add(PreflightFinding.bad(file + Context.DAMAGED));
		}
		for (RunRecord entry : this.context.records().all()) {
			if (entry.process().isEmpty()) {
				findings.add(PreflightFinding.bad(String.format(Locale.ROOT,
						"%s (pid %d) died: `./platform up` starts it again, `./platform down` forgets it",
						entry.instance(), entry.pid())));
			}
		}
		Path root = this.context.state().root();
		for (RunningProcess stray : new LostProcesses(this.context).all()) {
			findings.add(PreflightFinding.bad(String.format(Locale.ROOT,
					"pid %d uses %s but is on no record: end it with `kill %d`", stray.pid(), root, stray.pid())));
		}
		return findings.isEmpty() ? List.of(PreflightFinding.good("nothing is left of an earlier run")) : findings;
	}

}
