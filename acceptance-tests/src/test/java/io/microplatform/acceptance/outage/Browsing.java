package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;

import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.acceptance.load.Load;
import io.microplatform.acceptance.load.LoadReport;
import io.microplatform.acceptance.load.Shopper;
import io.microplatform.acceptance.load.Shoppers;
import io.microplatform.acceptance.load.Workload;
import io.microplatform.acceptance.platform.PrivatePlatform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A light load of users who look around and buy while parts of the platform are away.
 */
final class Browsing implements AutoCloseable {

	private static final int PER_SECOND = 20;

	private static final int USERS = 4;

	/** Only so that it ends whatever happens. */
	private static final Duration AT_MOST = Duration.ofMinutes(5);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private final Shoppers shoppers;

	private final Load load;

	Browsing(PrivatePlatform platform) {
		this(platform, Shoppers::browsing);
	}

	Browsing(PrivatePlatform platform, BiFunction<Shoppers, Long, Workload> does) {
		this.shoppers = Shoppers.signUp(platform.guest(), USERS);
		this.load = Load.start(does.apply(this.shoppers, TestRun.seed()), PER_SECOND, AT_MOST);
	}

	/** Returns when as many more calls were answered as are due in that time. */
	void goesOnFor(Duration time) {
		long enough = this.load.soFar().answers().size() + time.toSeconds() * PER_SECOND;
		await().atMost(time.plus(PATIENCE))
			.pollInterval(INTERVAL)
			.until(() -> this.load.soFar().answers().size() >= enough);
	}

	/** Returns when all calls succeed again that were made in the last two seconds. */
	void recovers() {
		await().atMost(PATIENCE).pollInterval(INTERVAL).until(() -> {
			Instant end = Instant.now();
			LoadReport recent = between(end.minusSeconds(2), end);
			return recent.answers().size() >= PER_SECOND && recent.complaints().answers().isEmpty();
		});
	}

	/** Every order that was acknowledged until now is confirmed, now or soon. */
	void everyOrderIsConfirmed() {
		for (Shopper shopper : this.shoppers.all()) {
			assertThat(shopper.orders()).isNotEmpty()
				.allSatisfy((order) -> await("order " + order.id()).atMost(PATIENCE)
					.pollInterval(INTERVAL)
					.until(() -> shopper.client().order(order.id()).expect(200).as(Order.class).status(),
							"CONFIRMED"::equals));
		}
	}

	/** What came of the calls that were due in that time. */
	LoadReport between(Instant begin, Instant end) {
		return this.load.soFar().of((answer) -> !answer.due().isBefore(begin) && answer.due().isBefore(end));
	}

	LoadReport stop() {
		LoadReport report = this.load.stop();
		if (TestRun.isFull()) {
			System.out.println(report);
		}
		return report;
	}

	@Override
	public void close() {
		this.load.close();
	}

}
