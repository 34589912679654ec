package io.microplatform.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.local.process.Await;
import io.microplatform.local.process.Http;
import io.microplatform.local.process.Instance;
import io.microplatform.local.process.LogFile;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.service.BusinessServices;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The instances to which the gateways send requests. Gateways learn of started and
 * stopped instances from the registry, a little after they are ready or have ended.
 * Instances are identified by their process, because a restarted instance has the ports
 * of its predecessor. A service that no route leads to gets no requests, and is not
 * waited for.
 */
final class Routing {

	static final Predicate<Instance> ALL = (instance) -> true;

	private static final int LOG_LINES = 20;

	private final Context context;

	private final List<RunRecord> before;

	private Routing(Context context, List<RunRecord> before) {
		this.context = context;
		this.before = before;
	}

	/** Captures the processes on record, dead or alive, before a command changes them. */
	static Routing of(Context context) throws IOException {
		return new Routing(context, business(context));
	}

	private static List<RunRecord> business(Context context) throws IOException {
		BusinessServices business = context.business();
		return context.records().all().stream().filter((entry) -> business.contains(entry.name())).toList();
	}

	/**
	 * Returns when the processes that run get requests, and those before them none.
	 * @param whose of which instances
	 * @throws CommandFailedException with the end of a log, when it is too late or a
	 * process ends meanwhile
	 */
	void await(Predicate<Instance> whose, Instant deadline) throws IOException, CommandFailedException {
		Change change = change(whose);
		for (RunRecord gateway : LivePlatform.requireGateways(this.context)) {
			boolean isDecided = Await.until(Duration.between(Instant.now(), deadline),
					() -> change.endedBeside(gateway).isPresent() || change.missedBy(known(gateway)).isEmpty());
			Optional<RunRecord> ended = change.endedBeside(gateway);
			if (ended.isPresent()) {
				throw new CommandFailedException(ended.get().instance() + " ended; the end of its log:",
						logOf(ended.get()));
			}
			List<String> missed = isDecided ? List.of() : change.missedBy(known(gateway));
			if (!missed.isEmpty()) {
				throw new CommandFailedException("%s did not learn in time that %s; the end of its log:"
					.formatted(gateway.instance(), String.join(" and ", missed)), logOf(gateway));
			}
		}
	}

	private List<String> logOf(RunRecord process) {
		return LogFile.tail(this.context.state().logs(), process.instance(), LOG_LINES);
	}

	private Change change(Predicate<Instance> whose) throws IOException {
		List<RunRecord> there = business(this.context).stream()
			.filter((entry) -> whose.test(entry.asInstance()) && entry.process().isPresent())
			.toList();
		Set<Long> pids = there.stream().map(RunRecord::pid).collect(Collectors.toSet());
		return new Change(there,
				this.before.stream()
					.filter((entry) -> whose.test(entry.asInstance()) && !pids.contains(entry.pid()))
					.toList());
	}

	/** What a gateway says it knows. */
	private static Known known(RunRecord gateway) {
		String url = String.format(Locale.ROOT, "http://127.0.0.1:%d/actuator/health/routes/routedServices",
				gateway.managementPort());
		try {
			return Known.of(JsonMapper.shared().readTree(Http.body(url).orElse("")).path("details"));
		}
		catch (JacksonException notTheGateway) {
			return Known.NOTHING;
		}
	}

	/**
	 * The processes that a gateway knows.
	 *
	 * @param answers whether it answers at all
	 * @param pids the processes by service, of each service that a route leads to
	 */
	private record Known(boolean answers, Map<String, Set<Long>> pids) {

		private static final Known NOTHING = new Known(false, Map.of());

		static Known of(JsonNode services) {
			if (!services.isObject() || services.valueStream().anyMatch((instances) -> !instances.isArray())) {
				return NOTHING;
			}
			Map<String, Set<Long>> pids = new HashMap<>();
			services.forEachEntry((service, instances) -> pids.put(service,
					instances.valueStream()
						.map((instance) -> instance.path("pid").asLong(0))
						.collect(Collectors.toSet())));
			return new Known(true, pids);
		}

		/** Whether it does not send requests to a process, although it should. */
		boolean lacks(RunRecord entry) {
			return !this.answers || !this.pids.getOrDefault(entry.name(), Set.of(entry.pid())).contains(entry.pid());
		}

		boolean has(RunRecord entry) {
			return this.pids.values().stream().anyMatch((ofService) -> ofService.contains(entry.pid()));
		}

	}

	private record Change(List<RunRecord> there, List<RunRecord> gone) {

		/**
		 * A process without which waiting is of no use: that gateway, or one it waits
		 * for.
		 */
		Optional<RunRecord> endedBeside(RunRecord gateway) {
			return Stream.concat(Stream.of(gateway), this.there.stream())
				.filter((entry) -> entry.process().isEmpty())
				.findFirst();
		}

		List<String> missedBy(Known known) {
			return Stream
				.concat(this.there.stream().filter(known::lacks).map((entry) -> entry.instance() + " is there"),
						this.gone.stream()
							.filter(known::has)
							.map((entry) -> String.format(Locale.ROOT, "%s (pid %d) is gone", entry.instance(),
									entry.pid())))
				.toList();
		}

	}

}
