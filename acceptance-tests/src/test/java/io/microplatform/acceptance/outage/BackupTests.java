package io.microplatform.acceptance.outage;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.acceptance.fixture.TestRun;
import io.microplatform.lab.audit.PlatformAudit;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.load.Load;
import io.microplatform.lab.load.LoadReport;
import io.microplatform.lab.load.SimulatedUser;
import io.microplatform.lab.load.SimulatedUsers;
import io.microplatform.lab.platform.CommandOutput;
import io.microplatform.lab.platform.PrivatePlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a platform whose data are deleted continues from a backup that was made
 * while clients placed and cancelled orders.
 */
@FullRun
@StartsInstances
class BackupTests {

	private static final int PER_SECOND = 20;

	private static final Duration MAX_DURATION = Duration.ofMinutes(5);

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	@Test
	void noAcknowledgedOrderIsLostOrAppliedTwice() {
		Path root = Path.of(Objects.requireNonNull(System.getProperty("platform.root"))).toAbsolutePath();
		Path backup = this.directory.resolve("backup");
		try (PrivatePlatform platform = PrivatePlatform.start(root, this.directory)) {
			SimulatedUsers users = SimulatedUsers.signUp(platform.guest(), 4);
			List<Order> acknowledged;
			LoadReport report;
			try (Load load = Load.start(users.orderingAndCancelling(TestRun.seed()), PER_SECOND, MAX_DURATION)) {
				awaitCalls(load, 10 * PER_SECOND);
				acknowledged = ordersOf(users);
				runSuccessfully(platform, "backup", backup.toString());
				awaitCalls(load, load.snapshot().results().size() + 5 * PER_SECOND);
				report = load.stop();
			}
			assertThat(report.failures().results()).as(report.toString()).isEmpty();
			ClientAccount lost = platform.signUp("Lost");
			long lostOrder = place(lost);
			runSuccessfully(platform, "down", "--purge");

			runSuccessfully(platform, "restore", backup.toString());
			platform.up();

			PlatformAudit audit = new PlatformAudit(platform.processes(), PlatformAudit.DEFAULT_BOUND);
			audit.awaitQuiet();
			runSuccessfully(platform, "audit");
			assertAllExist(users, acknowledged);
			assertThat(platform.guest().login(lost.user().email(), lost.password()).status()).isEqualTo(401);
			ClientAccount next = platform.signUp("Next");
			assertThat(next.user().id()).isGreaterThan(lost.user().id());
			long nextOrder = place(next);
			assertThat(nextOrder).isGreaterThan(lostOrder);
			await().atMost(TIMEOUT)
				.until(() -> next.client().order(nextOrder).expect(200).as(Order.class).status(), "CONFIRMED"::equals);
			audit.awaitQuiet();
			runSuccessfully(platform, "audit");
		}
	}

	private static void awaitCalls(Load load, int count) {
		await().atMost(TIMEOUT).until(() -> load.snapshot().results().size() >= count);
	}

	private static List<Order> ordersOf(SimulatedUsers users) {
		List<Order> orders = new ArrayList<>();
		users.all().forEach((user) -> orders.addAll(user.orders()));
		assertThat(orders).isNotEmpty();
		return orders;
	}

	private static long place(ClientAccount account) {
		return account.client().placeOrder("tea", BigDecimal.TEN).expect(201).as(Order.class).id();
	}

	/** Orders were decided or cancelled since, but none of them is gone or still open. */
	private static void assertAllExist(SimulatedUsers users, List<Order> acknowledged) {
		for (Order order : acknowledged) {
			assertThat(users.all()).as("order " + order.id())
				.filteredOn((user) -> isOwn(user, order))
				.singleElement()
				.satisfies((user) -> assertThat(user.client().order(order.id()).expect(200).as(Order.class))
					.satisfies((restored) -> {
						assertThat(restored.product()).isEqualTo(order.product());
						assertThat(restored.amount()).isEqualByComparingTo(order.amount());
						assertThat(restored.createdAt()).isEqualTo(order.createdAt());
						assertThat(restored.status()).isIn("CONFIRMED", "CANCELLED");
					}));
		}
	}

	private static boolean isOwn(SimulatedUser user, Order order) {
		return user.orders().stream().anyMatch((own) -> own.id() == order.id());
	}

	private static void runSuccessfully(PrivatePlatform platform, String... arguments) {
		CommandOutput output = platform.run(arguments);
		assertThat(output.exitCode()).as(output.text()).isZero();
	}

}
