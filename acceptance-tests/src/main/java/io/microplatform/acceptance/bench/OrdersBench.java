package io.microplatform.acceptance.bench;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.microplatform.acceptance.load.Load;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.load.Shopper;
import io.microplatform.acceptance.load.Shoppers;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.Progress;

/**
 * How long it takes from the moment in which an order is accepted until its buyer sees,
 * through the gateway, that it is confirmed, while orders come at a constant rate.
 *
 * @param root the checkout, with its build
 * @param directory where a platform can live meanwhile
 * @param progress where to say what takes so long
 */
public record OrdersBench(Path root, Path directory, Progress progress) {

	/**
	 * Under load that lasts, unlike on a developer's machine, compiling well is worth it.
	 */
	private static final Map<String, String> AS_A_SERVER = Map.of("PLATFORM_JVM", "full");

	private static final int PER_SECOND = 50;

	private static final int SHOPPERS = 20;

	private static final BigDecimal PRICE = new BigDecimal("0.01");

	private static final List<Integer> WARM_UP_PER_SECOND = List.of(10, 20, 35, 50);

	private static final Duration WARM_UP = Duration.ofSeconds(60);

	private static final Duration ROUND = Duration.ofSeconds(30);

	private static final int ROUNDS = 5;

	/**
	 * Measures; takes some minutes.
	 * @return the result, to be printed
	 * @throws PlatformFailedException when an order is not accepted or not confirmed
	 */
	public String measure() {
		this.progress.say("starting a platform");
		try (PrivatePlatform platform = PrivatePlatform.start(this.root, this.directory, AS_A_SERVER)) {
			this.progress.say("waiting until its ahead-of-time caches are made, and the machine is quiet");
			platform.awaitTraining();
			List<Shopper> shoppers = Shoppers.signUp(platform.guest(), SHOPPERS).all();
			for (int perSecond : WARM_UP_PER_SECOND) {
				this.progress.say(
						String.format(Locale.ROOT, "warming up, %d orders/s for %d s", perSecond, WARM_UP.toSeconds()));
				// What is too slow now does not matter.
				answers(new ConfirmedOrders(shoppers, PRICE), perSecond, WARM_UP);
			}
			List<OrderTimes> rounds = new ArrayList<>();
			for (int round = 1; round <= ROUNDS; round++) {
				this.progress.say(String.format(Locale.ROOT, "%d orders/s for %d s, %d of %d", PER_SECOND,
						ROUND.toSeconds(), round, ROUNDS));
				rounds.add(round(shoppers, PER_SECOND, ROUND));
			}
			return new OrdersReport(PER_SECOND, rounds).toString();
		}
	}

	private static OrderTimes round(List<Shopper> shoppers, int perSecond, Duration time) {
		ConfirmedOrders orders = new ConfirmedOrders(shoppers, PRICE);
		LoadReport answers = answers(orders, perSecond, time);
		if (!answers.complaints().answers().isEmpty()) {
			throw new PlatformFailedException("not every order was accepted and confirmed:\n" + answers, null);
		}
		return orders.times();
	}

	private static LoadReport answers(ConfirmedOrders orders, int perSecond, Duration time) {
		try (Load load = Load.start(orders, perSecond, time)) {
			return load.await();
		}
	}

}
