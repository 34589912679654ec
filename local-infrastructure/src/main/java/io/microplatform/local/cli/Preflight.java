package io.microplatform.local.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.PortOwner;
import io.microplatform.local.process.Ports;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import org.jspecify.annotations.Nullable;

/**
 * Finds out before anything starts whether all of it can.
 */
final class Preflight {

	private final PortChoice ports;

	private final Plan plan;

	private final RunRecords records;

	Preflight(PortChoice ports, Plan plan, RunRecords records) {
		this.ports = ports;
		this.plan = plan;
		this.records = records;
	}

	/**
	 * Checks that every port that is needed is given once, and free.
	 * @throws CommandFailedException naming the port and who has it
	 */
	void check() throws IOException, CommandFailedException {
		Map<Integer, String> uses = new HashMap<>();
		for (Instance instance : this.plan.all()) {
			boolean runs = runs(instance.instance());
			for (int port : instance.ports().toList()) {
				check(port, instance.instance(), runs, uses);
			}
		}
		check(this.plan.kafkaControllerPort(), "kafka's controller", runs(Kafka.NAME), uses);
	}

	private boolean runs(String instance) throws IOException {
		return this.records.find(instance).flatMap(RunRecord::process).isPresent();
	}

	private void check(int port, String use, boolean runs, Map<Integer, String> uses)
			throws IOException, CommandFailedException {
		@Nullable String other = uses.put(port, use);
		if (other != null) {
			throw new CommandFailedException("port %d is meant for both %s and %s: choose another with %s"
				.formatted(port, other, use, this.ports.variableFor(port)));
		}
		if (!runs && !Ports.isFree(port)) {
			String owner = PortOwner.of(port).map(PortOwner::toString).orElse("a process of another user");
			throw new CommandFailedException(
					"port %d, which %s needs, is taken by %s: end it, or choose another port with %s".formatted(port,
							use, owner, this.ports.variableFor(port)));
		}
	}

}
