package io.microplatform.lab.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.load.CallResult;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadCall;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUser;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.load.Workload;
import io.microplatform.local.process.Await;

/**
 * Scenario that slows the only user-service down. Orders must be placed and read as
 * before, administrators must get their lists without names, and requests to user-service
 * must be refused within their time limit, with 503, until the circuit breaker of their
 * route is closed again.
 */
final class SlowScenario implements Scenario {

	private static final String SERVICE = "user-service";

	/** The circuit breaker of the route of {@code GET /users/me}. */
	private static final String BREAKER = "user-service.users";

	private static final Duration SLOW = Duration.ofSeconds(40);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

	private static final Duration RECOVERY = Duration.ofSeconds(30);

	private static final Duration MAX_DURATION = Duration.ofMinutes(5);

	/** Enough for every gateway to reach the minimum number of calls of its breaker. */
	private static final int CREDITS_PER_SECOND = 10;

	private static final int LISTS_PER_SECOND = 2;

	private static final Set<String> ORDER_READS = Set.of("read order", "list orders");

	private static final Duration MAX_ORDER_READS_P99 = Duration.ofMillis(100);

	/** The time limit of the route, 4 s, with a tolerance for a busy machine. */
	private static final Duration MAX_CREDIT = Duration.ofSeconds(5);

	/** The required 300 ms, with a tolerance for a busy machine. */
	private static final Duration MAX_LIST_P99 = Duration.ofMillis(500);

	/**
	 * Minimum share of the lists without names. The service answers some requests while
	 * it runs.
	 */
	private static final double MIN_PARTIAL = 0.8;

	@Override
	public String name() {
		return "slow";
	}

	@Override
	public int instances() {
		return 1;
	}

	@Override
	public int rounds() {
		return 1;
	}

	@Override
	public Optional<Workload> workload(SimulatedUsers users, long seed) {
		return Optional.of(users.orderServiceOnly(seed));
	}

	@Override
	public void runRound(DrillContext context) {
		PlatformClient administrator = context.platform().administrator();
		AtomicInteger partial = new AtomicInteger();
		BreakerStates states = new BreakerStates(BREAKER);
		try (Load credits = Load.start(readCredit(context.users()), CREDITS_PER_SECOND, MAX_DURATION);
				Load lists = Load.start(() -> listAll(administrator, partial), LISTS_PER_SECOND, SLOW)) {
			Instant begin = Instant.now();
			context.runPhase(SERVICE + " is slow", () -> slowDown(states, context));
			Instant end = Instant.now();
			checkOrderReads(context.resultsSince(begin).of(before(end)), context);
			context.runPhase(SERVICE + " recovers", () -> {
				if (!Await.until(RECOVERY, () -> states.isClosed(context))) {
					context.reportViolation("%s is not closed %s after the end".formatted(BREAKER, RECOVERY));
				}
			});
			checkLists(lists.await(), partial.get(), context);
			checkCredits(credits.stop().of(before(end)), context);
		}
		context.reportFigure("%s was %s".formatted(BREAKER, states.observed()));
		if (!states.observed().containsAll(List.of(BreakerStates.OPEN, BreakerStates.HALF_OPEN))) {
			context.reportViolation("%s was only %s".formatted(BREAKER, states.observed()));
		}
	}

	private static void slowDown(BreakerStates states, DrillContext context) {
		try (SlowedProcess _ = new SlowedProcess(DrillContext.process(context.anyOf(SERVICE)))) {
			Instant end = Instant.now().plus(SLOW);
			while (Instant.now().isBefore(end)) {
				context.continueFor(POLL_INTERVAL);
				states.observe(context);
			}
		}
	}

	private static Workload readCredit(SimulatedUsers users) {
		List<SimulatedUser> all = users.all();
		AtomicInteger turn = new AtomicInteger();
		return () -> all.get(Math.floorMod(turn.getAndIncrement(), all.size())).readCredit().requireRetryAfter();
	}

	private static LoadCall listAll(PlatformClient administrator, AtomicInteger partial) {
		return new LoadCall("list all orders", () -> {
			Reply reply = administrator.orders("scope=all").expect(200);
			if (reply.json().path("partial").asBoolean()) {
				partial.incrementAndGet();
			}
			return reply;
		});
	}

	private static Predicate<CallResult> before(Instant end) {
		return (result) -> result.due().isBefore(end);
	}

	private static void checkOrderReads(LoadReport results, DrillContext context) {
		Duration p99 = results.of((result) -> ORDER_READS.contains(result.call())).latencies().p99();
		context.reportFigure(String.format(Locale.ROOT, "reads of orders: p99 %d ms", p99.toMillis()));
		if (p99.compareTo(MAX_ORDER_READS_P99) > 0) {
			context.reportViolation(String.format(Locale.ROOT, "reads of orders: p99 %d ms, above %d ms",
					p99.toMillis(), MAX_ORDER_READS_P99.toMillis()));
		}
	}

	private static void checkLists(LoadReport results, int partial, DrillContext context) {
		String figure = String.format(Locale.ROOT, "administrators' lists: %d without names of %s, p99 %d ms", partial,
				results.kinds(), results.latencies().p99().toMillis());
		context.reportFigure(figure);
		if (!results.failures().results().isEmpty() || partial < MIN_PARTIAL * results.results().size()
				|| results.latencies().p99().compareTo(MAX_LIST_P99) > 0) {
			context.reportViolation(figure + "\n" + results);
		}
	}

	/**
	 * An answer that has begun when the process is suspended ends when it continues: only
	 * refusals have a limit.
	 */
	private static void checkCredits(LoadReport results, DrillContext context) {
		LoadReport refused = results.of((result) -> result.kind().equals("503"));
		String figure = String.format(Locale.ROOT, "requests to %s: %s, 503 after at most %d ms", SERVICE,
				results.kinds(), refused.latencies().max().toMillis());
		context.reportFigure(figure);
		if (!Set.of("200", "503").containsAll(results.kinds().keySet()) || refused.results().isEmpty()
				|| refused.latencies().max().compareTo(MAX_CREDIT) > 0) {
			context.reportViolation(figure + "\n" + results);
		}
	}

}
