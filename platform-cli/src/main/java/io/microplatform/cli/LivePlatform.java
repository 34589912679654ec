package io.microplatform.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import io.microplatform.local.process.Instance;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.server.Secrets;

/**
 * The running platform, for commands that change it.
 *
 * @param plan where everything is, and where what is wanted will be
 * @param fleet the same, to be started and stopped
 */
record LivePlatform(Plan plan, Fleet fleet) {

	/**
	 * Finds it.
	 * @throws CommandFailedException when something does not run on which the business
	 * services rely, or the user wants JVMs that there are not
	 */
	static LivePlatform of(Context context) throws IOException, CommandFailedException {
		Plan plan = planOf(context);
		for (Instance instance : plan.all()) {
			if (!plan.business().contains(instance)) {
				requireRunning(context, instance.instance());
			}
		}
		return new LivePlatform(plan, Fleet.of(plan, JvmChoice.of(context.environment()), context,
				Secrets.in(context.state(), context.business())));
	}

	/** The records of the gateways that run, of which there is at least one. */
	static List<RunRecord> requireGateways(Context context) throws IOException, CommandFailedException {
		return requireOneOf(context, Plan.GATEWAY);
	}

	/** The records of a server's instances that run, of which there is at least one. */
	static List<RunRecord> requireOneOf(Context context, String server) throws IOException, CommandFailedException {
		List<RunRecord> running = context.records()
			.all()
			.stream()
			.filter((entry) -> entry.name().equals(server) && entry.process().isPresent())
			.toList();
		return running.isEmpty() ? List.of(requireRunning(context, server)) : running;
	}

	/** The record of something that runs. */
	static RunRecord requireRunning(Context context, String instance) throws IOException, CommandFailedException {
		Optional<RunRecord> running = context.records().find(instance).filter((entry) -> entry.process().isPresent());
		return running.orElseThrow(() -> new CommandFailedException(
				"the platform is not up: %s does not run; `./platform up` starts it".formatted(instance)));
	}

	/**
	 * Requires that {@code up} has created the accounts of a service, and started it.
	 */
	static void requireAdded(Context context, String service) throws IOException, CommandFailedException {
		boolean added = context.records().all().stream().anyMatch((entry) -> entry.name().equals(service));
		if (!added) {
			throw new CommandFailedException("%s was never started: `./platform up` adds it".formatted(service));
		}
	}

	private static Plan planOf(Context context) throws IOException, CommandFailedException {
		return Plan.of(new PortChoice(context.environment()), context,
				ConfigSnapshot.published(context.state().config()));
	}

}
