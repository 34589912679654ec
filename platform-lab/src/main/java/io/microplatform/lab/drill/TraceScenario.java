package io.microplatform.lab.drill;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.trace.Trace;
import io.microplatform.lab.trace.ZipkinClient;
import io.microplatform.local.process.Await;
import io.microplatform.local.process.RunRecord;

/**
 * Scenario that kills an order-service (SIGKILL) while an event is committed but not yet
 * sent, and then requires a complete trace for each order that was CONFIRMED in the
 * meantime: the span of the gateway and five event spans, each the parent of the next.
 */
final class TraceScenario implements Scenario {

	private static final String SERVICE = "order-service";

	private static final String DATABASE = "order_service";

	private static final int KILLS_PER_ROUND = 10;

	/** Enough time for an event to be committed under any load. */
	private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(30);

	/** Events wait at least for the batch interval of the relay (50 ms). */
	private static final Duration POLL_INTERVAL = Duration.ofMillis(1);

	private static final Duration OUTCOME_TIMEOUT = Duration.ofMinutes(2);

	/** The wait for the gateway's spans, which are sent in the background. */
	private static final Duration ARRIVAL_TIMEOUT = Duration.ofSeconds(10);

	/** A trace begins before its order. */
	private static final Duration BEFORE = Duration.ofSeconds(30);

	private static final int SHOWN = 5;

	@Override
	public String name() {
		return "trace";
	}

	@Override
	public int instances() {
		return 2;
	}

	@Override
	public int rounds() {
		return 20;
	}

	@Override
	public List<String> parts() {
		return List.of(ZipkinClient.NAME);
	}

	@Override
	public void runRound(DrillContext context) {
		for (int kill = 1; kill <= KILLS_PER_ROUND; kill++) {
			Instant begin = Instant.now();
			long before = lastOrder(context);
			RunRecord target = context.anyOf(SERVICE);
			context.runPhase("kill -9 " + target.instance() + " before the relay", () -> kill(target, context));
			context.runPhase("start of " + target.instance(), context.platform()::up);
			context.runPhase("search for traces",
					() -> expectTraces(context, before, lastOrder(context), begin.minus(BEFORE)));
		}
	}

	/** Kills the instance immediately after an event is found in the outbox. */
	private static void kill(RunRecord target, DrillContext context) {
		try (Connection database = context.platform().processes().connect(DATABASE);
				PreparedStatement unsent = database
					.prepareStatement("select id from outbox where published_at is null limit 1")) {
			Instant end = Instant.now().plus(COMMIT_TIMEOUT);
			while (numbers(unsent).isEmpty()) {
				if (Instant.now().isAfter(end)) {
					throw new PlatformFailedException("no event was committed in " + COMMIT_TIMEOUT, null);
				}
				LockSupport.parkNanos(POLL_INTERVAL.toNanos());
			}
			DrillContext.process(target).kill();
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	private static void expectTraces(DrillContext context, long after, long last, Instant since) {
		if (!Await.until(OUTCOME_TIMEOUT, () -> orders(context, after, last, "PENDING").isEmpty())) {
			context.reportViolation(String.format(Locale.ROOT, "orders %d to %d have no outcome after %s", after + 1,
					last, OUTCOME_TIMEOUT));
		}
		List<Long> confirmed = orders(context, after, last, "CONFIRMED");
		List<String> incomplete = new ArrayList<>();
		Await.until(ARRIVAL_TIMEOUT, () -> {
			incomplete.clear();
			incomplete.addAll(incomplete(confirmed, traces(context, since)));
			return incomplete.isEmpty();
		});
		if (!incomplete.isEmpty()) {
			context.reportViolation(String.format(Locale.ROOT, "%d of %d orders have no complete trace: %s",
					incomplete.size(), confirmed.size(), incomplete.stream().limit(SHOWN).toList()));
		}
	}

	private static List<String> incomplete(List<Long> orders, Map<String, Trace> traces) {
		List<String> incomplete = new ArrayList<>();
		for (Long order : orders) {
			String id = order.toString();
			traces.getOrDefault(id, new Trace(List.of()))
				.missing(id)
				.ifPresent((span) -> incomplete.add("order " + id + " lacks " + span));
		}
		return incomplete;
	}

	/**
	 * Returns the traces by the ids of their orders. If an order has several traces, for
	 * example because a request to user-service was repeated, one must be complete.
	 */
	private static Map<String, Trace> traces(DrillContext context, Instant since) {
		Map<String, Trace> traces = new HashMap<>();
		ZipkinClient.of(context.platform().processes())
			.traces("event.type=order.created", since)
			.forEach((trace) -> trace.spans()
				.stream()
				.map((span) -> span.tag("order.id"))
				.filter((order) -> !order.isEmpty())
				.forEach((order) -> traces.merge(order, trace,
						(one, other) -> one.missing(order).isEmpty() ? one : other)));
		return traces;
	}

	private static long lastOrder(DrillContext context) {
		return query(context, "select coalesce(max(id), 0) from orders").getFirst();
	}

	private static List<Long> orders(DrillContext context, long after, long last, String status) {
		return query(context, String.format(Locale.ROOT,
				"select id from orders where id > %d and id <= %d and status = '%s' order by id", after, last, status));
	}

	private static List<Long> query(DrillContext context, String sql) {
		try (Connection database = context.platform().processes().connect(DATABASE);
				PreparedStatement statement = database.prepareStatement(sql)) {
			return numbers(statement);
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	private static List<Long> numbers(PreparedStatement statement) throws SQLException {
		List<Long> numbers = new ArrayList<>();
		try (ResultSet rows = statement.executeQuery()) {
			while (rows.next()) {
				numbers.add(rows.getLong(1));
			}
		}
		return numbers;
	}

	private static PlatformFailedException failed(SQLException ex) {
		return new PlatformFailedException("cannot read " + DATABASE + ": " + ex.getMessage(), null);
	}

}
