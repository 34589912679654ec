package io.microplatform.lab.drill;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.load.ClosedLoad;
import io.microplatform.lab.load.LoadCall;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.local.process.RunRecord;
import io.microplatform.local.process.RunningProcess;

/**
 * Scenario that kills Redis (SIGKILL) and starts it again, and then pauses it (SIGSTOP)
 * and resumes it. Meanwhile one user sends requests through each gateway as fast as
 * possible, and each gateway must still limit them: at most twice the limit passes,
 * because the gateway continues with buckets of its own.
 */
final class RedisScenario implements Scenario {

	private static final String REDIS = "redis";

	/**
	 * Requests per second and user: fewer than one client can send, and far more than a
	 * user of the drill does.
	 */
	private static final int LIMIT = 50;

	private static final int BURST = 150;

	private static final Map<String, String> LIMITS = Map.of("platform.rate-limits.per-user.requests",
			Integer.toString(LIMIT), "platform.rate-limits.per-user.per", "1s", "platform.rate-limits.per-user.burst",
			Integer.toString(BURST));

	/** Connections of the user to each gateway. */
	private static final int CONNECTIONS = 4;

	private static final Duration FLOOD = Duration.ofSeconds(5);

	private static final long MAX_ACCEPTED = 2 * (BURST + LIMIT * FLOOD.toSeconds());

	private static final String TOO_MANY_REQUESTS = "429";

	private static final Duration OUTAGE = Duration.ofSeconds(15);

	private static final Duration RECOVERY = Duration.ofSeconds(5);

	@Override
	public String name() {
		return "redis";
	}

	@Override
	public int instances() {
		return 2;
	}

	@Override
	public int rounds() {
		return 1;
	}

	@Override
	public void runRound(DrillContext context) {
		ClientAccount flooder = context.platform().signUp("Flooder");
		context.runPhase(String.format(Locale.ROOT, "limit of %d requests/s per user", LIMIT),
				() -> context.refresh(DrillContext.GATEWAY, LIMITS));
		try {
			context.runPhase("Redis killed", () -> {
				context.platform().process(REDIS).kill();
				flood(flooder, "killed", context);
			});
			context.runPhase("Redis started", () -> {
				context.platform().up();
				context.continueFor(RECOVERY);
			});
			hang(flooder, context);
		}
		finally {
			context.runPhase("initial limits", context::restoreConfiguration);
		}
	}

	private static void hang(ClientAccount flooder, DrillContext context) {
		RunningProcess redis = context.platform().process(REDIS);
		try {
			context.runPhase("SIGSTOP redis", () -> {
				redis.pause();
				flood(flooder, "paused", context);
			});
		}
		finally {
			redis.resume();
		}
		context.runPhase("SIGCONT redis", () -> context.continueFor(RECOVERY));
	}

	/** Sends requests through all gateways at the same time, until the outage ends. */
	private static void flood(ClientAccount flooder, String state, DrillContext context) {
		Map<String, CompletableFuture<LoadReport>> floods = new TreeMap<>();
		context.platform()
			.processes()
			.instancesOf(DrillContext.GATEWAY)
			.forEach((gateway) -> floods.put(gateway.instance(),
					CompletableFuture.supplyAsync(() -> flood(flooder, gateway), Thread::startVirtualThread)));
		floods.forEach((gateway, results) -> checkLimit("%s with Redis %s".formatted(gateway, state), results.join(),
				context));
		context.continueFor(OUTAGE.minus(FLOOD));
	}

	private static LoadReport flood(ClientAccount flooder, RunRecord gateway) {
		PlatformClient client = PlatformClient.of(URI.create(gateway.url())).withToken(flooder.token());
		LoadCall call = new LoadCall("list orders", () -> client.orders("limit=1"));
		return ClosedLoad.run(() -> call, CONNECTIONS, FLOOD);
	}

	private static void checkLimit(String where, LoadReport results, DrillContext context) {
		long refused = results.kinds().getOrDefault(TOO_MANY_REQUESTS, 0L);
		long accepted = results.results().size() - refused;
		String figure = String.format(Locale.ROOT, "%s: %d of one user's requests in %d s accepted, %d refused", where,
				accepted, FLOOD.toSeconds(), refused);
		context.reportFigure(figure);
		if (accepted > MAX_ACCEPTED) {
			context.reportViolation(String.format(Locale.ROOT, "%s: more than %d", figure, MAX_ACCEPTED));
		}
		if (refused == 0) {
			context.reportViolation(figure + ": no limit, or too few requests to exceed it");
		}
	}

}
