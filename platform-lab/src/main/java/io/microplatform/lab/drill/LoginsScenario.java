package io.microplatform.lab.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.load.CallResult;
import io.microplatform.lab.load.ClosedLoad;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadCall;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.load.Workload;
import io.microplatform.lab.platform.PrivatePlatform;

/**
 * Scenario that reads at a constant rate, first without other calls, and then while
 * clients log in without a pause and without a rate limit. No read may fail or become
 * much slower, because user-service bounds the number of passwords that are hashed
 * concurrently. Logins may be refused with 503 and {@code Retry-After}. Afterwards, many
 * clients call the platform without a pause, with the initial rate limits, and no call
 * may fail. Makes all calls itself.
 */
final class LoginsScenario implements Scenario {

	private static final String LOGIN_LIMIT = "platform.rate-limits.routes.login.per-address.";

	private static final Map<String, String> MANY_LOGINS = Map.of(LOGIN_LIMIT + "requests", "1000000",
			LOGIN_LIMIT + "per", "1s", LOGIN_LIMIT + "burst", "1000000");

	private static final int READERS = 50;

	private static final int READS_PER_SECOND = 40;

	private static final Duration READS = Duration.ofSeconds(15);

	private static final int LOGIN_CLIENTS = 20;

	private static final Duration LOGINS = Duration.ofSeconds(10);

	/**
	 * Clients and users of the last phase. The limit of 100 requests/s per user would
	 * refuse calls only if the platform answered more than 6400 calls/s.
	 */
	private static final int PARALLEL_CLIENTS = 64;

	private static final Duration PARALLEL = Duration.ofSeconds(15);

	@Override
	public String name() {
		return "logins";
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
	public int users() {
		return PARALLEL_CLIENTS;
	}

	@Override
	public Optional<Workload> workload(SimulatedUsers users, long seed) {
		return Optional.empty();
	}

	@Override
	public void runRound(DrillContext context) {
		Workload reads = reads(context.users());
		Workload logins = logins(context.platform());
		LoadReport before;
		LoadReport during;
		context.runPhase("no limit of logins", () -> context.refresh(DrillContext.GATEWAY, MANY_LOGINS));
		try {
			before = context.callPhase(String.format(Locale.ROOT, "%d reads/s", READS_PER_SECOND), () -> read(reads));
			during = context.callPhase(
					String.format(Locale.ROOT, "%d reads/s, %d clients log in", READS_PER_SECOND, LOGIN_CLIENTS),
					() -> readAndLogIn(reads, logins));
		}
		finally {
			context.runPhase("initial limits", context::restoreConfiguration);
		}
		Workload browsing = context.users().browsing(DrillRun.SEED);
		LoadReport parallel = context.callPhase(String.format(Locale.ROOT, "%d clients", PARALLEL_CLIENTS),
				() -> ClosedLoad.run(browsing, PARALLEL_CLIENTS, PARALLEL));
		LoginsResult result = new LoginsResult(before, during, parallel);
		context.reportFigure(result.toString().stripTrailing());
		result.violations().forEach(context::reportViolation);
	}

	private static LoadReport read(Workload reads) {
		try (Load load = Load.start(reads, READS_PER_SECOND, READS)) {
			return load.await();
		}
	}

	private static LoadReport readAndLogIn(Workload reads, Workload logins) {
		try (Load load = Load.start(reads, READS_PER_SECOND, LOGINS)) {
			List<CallResult> results = new ArrayList<>(ClosedLoad.run(logins, LOGIN_CLIENTS, LOGINS).results());
			results.addAll(load.await().results());
			return new LoadReport(results);
		}
	}

	private static Workload reads(SimulatedUsers users) {
		return inTurn(users.all()
			.stream()
			.limit(READERS)
			.flatMap((user) -> Stream.of(user.readCredit(), user.listOrders()))
			.toList());
	}

	/** There are as many accounts as clients. */
	private static Workload logins(PrivatePlatform platform) {
		PlatformClient guest = platform.guest();
		return inTurn(Stream.generate(() -> platform.signUp("Visitor"))
			.limit(LOGIN_CLIENTS)
			.map((account) -> logIn(account, guest))
			.toList());
	}

	private static LoadCall logIn(ClientAccount account, PlatformClient guest) {
		return new LoadCall(LoginsResult.LOGIN, () -> guest.login(account.email(), account.password()))
			.requireRetryAfter();
	}

	private static Workload inTurn(List<LoadCall> calls) {
		AtomicInteger turn = new AtomicInteger();
		return () -> calls.get(Math.floorMod(turn.getAndIncrement(), calls.size()));
	}

}
