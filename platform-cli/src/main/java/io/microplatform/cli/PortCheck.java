package io.microplatform.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.PortObstacle;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunRecords;
import org.jspecify.annotations.Nullable;

/**
 * Checks that every port is used once, and is free or belongs to this platform.
 */
final class PortCheck {

	private final PortChoice ports;

	private final Plan plan;

	private final RunRecords records;

	private final Map<Integer, String> uses = new HashMap<>();

	PortCheck(PortChoice ports, Plan plan, RunRecords records) {
		this.ports = ports;
		this.plan = plan;
		this.records = records;
	}

	/**
	 * One finding for each port.
	 * @param others instances that are not in the plan
	 */
	List<PreflightFinding> findings(List<Instance> others) throws IOException {
		this.uses.clear();
		List<PreflightFinding> findings = new ArrayList<>();
		for (Instance instance : Stream.concat(this.plan.all().stream(), others.stream()).toList()) {
			boolean runs = runs(instance.instance());
			for (int port : instance.ports().toList()) {
				findings.add(look(port, instance.instance(), runs));
			}
		}
		findings.add(look(this.plan.kafkaControllerPort(), "kafka's controller", runs(Kafka.NAME)));
		return findings;
	}

	private boolean runs(String instance) throws IOException {
		return this.records.find(instance).flatMap(RunRecord::process).isPresent();
	}

	private PreflightFinding look(int port, String use, boolean runs) throws IOException {
		@Nullable String other = this.uses.put(port, use);
		if (other != null) {
			return PreflightFinding
				.bad(String.format(Locale.ROOT, "port %d is meant for both %s and %s: choose another with %s", port,
						other, use, this.ports.variableFor(port)));
		}
		if (runs) {
			return PreflightFinding.good(String.format(Locale.ROOT, "port %d is %s's, which runs", port, use));
		}
		Optional<String> obstacle = PortObstacle.of(port);
		if (obstacle.isEmpty()) {
			return PreflightFinding.good(String.format(Locale.ROOT, "port %d is free for %s", port, use));
		}
		return PreflightFinding.bad("port " + port + ", which " + use + " needs, " + obstacle.get()
				+ ", or choose another port with " + this.ports.variableFor(port));
	}

}
