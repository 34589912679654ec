package io.microplatform.lab.bench;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUser;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.Progress;

/**
 * Benchmark of the time from the acceptance of an order until the user sees, through the
 * gateway, that it is confirmed, at a constant rate of orders.
 *
 * @param root the root directory of a built checkout
 * @param directory the directory for the platform's state and logs
 * @param progress receives progress messages
 */
public record OrdersBench(Path root, Path directory, Progress progress) {

	private static final int PER_SECOND = 50;

	private static final int USERS = 20;

	private static final BigDecimal PRICE = new BigDecimal("0.01");

	private static final List<Integer> WARM_UP_PER_SECOND = List.of(10, 20, 35, 50);

	private static final Duration WARM_UP = Duration.ofSeconds(60);

	private static final Duration ROUND = Duration.ofSeconds(30);

	private static final int ROUNDS = 5;

	/**
	 * Runs the benchmark, which takes several minutes.
	 * @return the report to print
	 * @throws PlatformFailedException if an order is not accepted or not confirmed
	 */
	public String measure() {
		this.progress.report("starting a platform");
		try (PrivatePlatform platform = PrivatePlatform.start(this.root, this.directory,
				PrivatePlatform.FULL_COMPILATION)) {
			this.progress.report("waiting for its ahead-of-time caches");
			platform.awaitTraining();
			List<SimulatedUser> users = SimulatedUsers.signUp(platform.guest(), USERS).all();
			for (int perSecond : WARM_UP_PER_SECOND) {
				this.progress.report(
						String.format(Locale.ROOT, "warming up, %d orders/s for %d s", perSecond, WARM_UP.toSeconds()));
				// The results are discarded.
				runLoad(new ConfirmedOrders(users, PRICE), perSecond, WARM_UP);
			}
			List<OrderTimes> rounds = new ArrayList<>();
			for (int round = 1; round <= ROUNDS; round++) {
				this.progress.report(String.format(Locale.ROOT, "%d orders/s for %d s, %d of %d", PER_SECOND,
						ROUND.toSeconds(), round, ROUNDS));
				rounds.add(round(users, PER_SECOND, ROUND));
			}
			return new OrdersReport(PER_SECOND, rounds).toString();
		}
	}

	private static OrderTimes round(List<SimulatedUser> users, int perSecond, Duration time) {
		ConfirmedOrders orders = new ConfirmedOrders(users, PRICE);
		LoadReport report = runLoad(orders, perSecond, time);
		if (!report.failures().results().isEmpty()) {
			throw new PlatformFailedException("not every order was accepted and confirmed:\n" + report, null);
		}
		return orders.times();
	}

	private static LoadReport runLoad(ConfirmedOrders orders, int perSecond, Duration time) {
		try (Load load = Load.start(orders, perSecond, time)) {
			return load.await();
		}
	}

}
