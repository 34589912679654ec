package io.microplatform.acceptance.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;

import io.microplatform.lab.client.Order;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUser;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.load.Workload;
import io.microplatform.lab.platform.PrivatePlatform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A light load of simulated users during an outage.
 */
final class BackgroundLoad implements AutoCloseable {

	private static final int PER_SECOND = TestRun.isFull() ? 20 : 10;

	private static final int USERS = 4;

	/** Upper bound in case a test does not stop the load. */
	private static final Duration MAX_DURATION = Duration.ofMinutes(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Duration INTERVAL = Duration.ofMillis(50);

	private final SimulatedUsers users;

	private final Load load;

	BackgroundLoad(PrivatePlatform platform) {
		this(platform, SimulatedUsers::browsing);
	}

	BackgroundLoad(PrivatePlatform platform, BiFunction<SimulatedUsers, Long, Workload> workload) {
		this.users = SimulatedUsers.signUp(platform.guest(), USERS);
		this.load = Load.start(workload.apply(this.users, TestRun.seed()), PER_SECOND, MAX_DURATION);
	}

	/** Waits until as many further calls are complete as are due in a time. */
	void continueFor(Duration time) {
		long enough = this.load.snapshot().results().size() + time.toSeconds() * PER_SECOND;
		await().atMost(time.plus(TIMEOUT))
			.pollInterval(INTERVAL)
			.until(() -> this.load.snapshot().results().size() >= enough);
	}

	/** Waits until all calls of the last two seconds have succeeded. */
	void awaitRecovery() {
		await().atMost(TIMEOUT).pollInterval(INTERVAL).until(() -> {
			Instant end = Instant.now();
			LoadReport recent = between(end.minusSeconds(2), end);
			return recent.results().size() >= PER_SECOND && recent.failures().results().isEmpty();
		});
	}

	/** Verifies that every order acknowledged up to now is, or becomes, confirmed. */
	void assertEveryOrderIsConfirmed() {
		for (SimulatedUser user : this.users.all()) {
			assertThat(user.orders()).isNotEmpty()
				.allSatisfy((order) -> await("order " + order.id()).atMost(TIMEOUT)
					.pollInterval(INTERVAL)
					.until(() -> user.client().order(order.id()).expect(200).as(Order.class).status(),
							"CONFIRMED"::equals));
		}
	}

	/** Returns the results of the calls that were due in a period. */
	LoadReport between(Instant begin, Instant end) {
		return this.load.snapshot().of((result) -> !result.due().isBefore(begin) && result.due().isBefore(end));
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
