package io.microplatform.local.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecord;

/**
 * Finds out before anything starts whether all of it can.
 */
final class Preflight {

	private final Context context;

	private final Plan plan;

	private final RoomCheck room;

	private final PortCheck ports;

	Preflight(Context context, PortChoice ports, Plan plan) throws CommandFailedException {
		this.context = context;
		this.plan = plan;
		this.room = new RoomCheck(context.environment());
		this.ports = new PortCheck(ports, plan, context.records());
	}

	/** Everything that a start depends on. */
	List<Finding> findings() throws IOException {
		long missing = 0;
		for (Instance instance : this.plan.all()) {
			if (this.context.records().find(instance.instance()).flatMap(RunRecord::process).isEmpty()) {
				missing++;
			}
		}
		List<Finding> findings = new ArrayList<>();
		findings.add(this.room.memory(missing));
		findings.add(this.room.disk(this.context.state().root(), missing));
		findings.addAll(this.ports.findings());
		return findings;
	}

	/**
	 * Returns when a start can succeed.
	 * @throws CommandFailedException with the first finding that is not good
	 */
	void check() throws IOException, CommandFailedException {
		Optional<Finding> problem = findings().stream().filter((finding) -> !finding.good()).findFirst();
		if (problem.isPresent()) {
			throw new CommandFailedException(problem.get().text());
		}
	}

}
