package io.microplatform.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecord;

/**
 * Checks, before anything starts, that everything can start.
 */
final class Preflight {

	private final Context context;

	private final Plan plan;

	private final Observability observability;

	private final ResourceCheck room;

	private final PortCheck ports;

	Preflight(Context context, PortChoice ports, Plan plan) throws CommandFailedException {
		this.context = context;
		this.plan = plan;
		this.observability = new Observability(context, ports);
		this.room = new ResourceCheck(context.environment());
		this.ports = new PortCheck(ports, plan, context.records());
	}

	/** Everything that a start depends on. */
	List<PreflightFinding> findings() throws IOException {
		long missing = 0;
		for (Instance instance : this.plan.all()) {
			if (this.context.records().find(instance.instance()).flatMap(RunRecord::process).isEmpty()) {
				missing++;
			}
		}
		List<PreflightFinding> findings = new ArrayList<>();
		findings.add(this.room.memory(missing));
		findings.add(this.room.disk(this.context.state().root(), missing));
		findings.addAll(this.ports.findings(this.observability.instances()));
		return findings;
	}

	/**
	 * Returns when a start can succeed.
	 * @throws CommandFailedException with the first finding that is not good
	 */
	void check() throws IOException, CommandFailedException {
		Optional<PreflightFinding> problem = findings().stream().filter((finding) -> !finding.good()).findFirst();
		if (problem.isPresent()) {
			throw new CommandFailedException(problem.get().text());
		}
	}

}
