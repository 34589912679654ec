package io.microplatform.acceptance.order;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.microplatform.acceptance.client.Account;
import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.OrdersPage;
import io.microplatform.acceptance.client.Patience;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.acceptance.platform.ServedRequests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three instances of each service, and requests that come all at once. Those that would
 * wait too long are answered 503, and their clients ask again, as good clients do.
 */
@AcceptanceTest
class ManyInstancesTests {

	private static final List<String> SERVICES = List.of("order-service", "user-service");

	private static final int INSTANCES = 3;

	private final PrivatePlatform platform;

	ManyInstancesTests(PrivatePlatform platform) {
		this.platform = platform;
	}

	@BeforeAll
	void scale() {
		SERVICES.forEach((service) -> this.platform.scale(service, INSTANCES));
	}

	/** Other tests count on it. */
	@AfterAll
	void scaleBack() {
		SERVICES.forEach((service) -> this.platform.scale(service, 1));
	}

	@Test
	void ordersThatComeAllAtOnceNeverOverdrawTheCredit() throws Exception {
		PatientClient ann = new PatientClient();
		List<Order> orders = ann.atOnce(200, () -> ann.place("20.00", UUID.randomUUID().toString()).as(Order.class));
		List<String> outcomes = new ArrayList<>();
		for (Order order : orders) {
			outcomes.add(Orders.decided(ann.account, order).status());
		}
		assertThat(outcomes).filteredOn("CONFIRMED"::equals).hasSize(50);
		assertThat(outcomes).filteredOn("REJECTED"::equals).hasSize(150);
		assertThat(orders).extracting(Order::id).doesNotHaveDuplicates();
		assertThat(ann.account.client().me()).hasText("\"creditAvailable\":0.00");
	}

	@Test
	void anOrderThatComesManyTimesAtOnceIsPlacedOnceAndAlwaysAnsweredTheSame() throws Exception {
		PatientClient ann = new PatientClient();
		String key = UUID.randomUUID().toString();
		List<Reply> replies = ann.atOnce(50, () -> ann.place("20.00", key));
		Reply first = replies.getFirst();
		assertThat(replies).allSatisfy((reply) -> assertThat(reply).repeats(first));
		Orders.decided(ann.account, first.as(Order.class));
		assertThat(ann.place("20.00", key)).repeats(first);
		assertThat(ann.account.client().orders("limit=100").expect(200).as(OrdersPage.class).items()).hasSize(1);
	}

	/** Somebody new, who asks again until the answer is not that it is too much. */
	private final class PatientClient {

		private final Patience patience = new Patience(Duration.ofSeconds(60));

		private final Account account = ManyInstancesTests.this.platform.signUp("Ann").with(this.patience);

		Reply place(String amount, String key) {
			return this.account.client().placeOrder("tea", new BigDecimal(amount), key).expect(201);
		}

		/** Sends requests, in which each instance has a part, and none of which fails. */
		<T> List<T> atOnce(int count, Callable<T> request) throws Exception {
			ServedRequests served = ServedRequests.from(ManyInstancesTests.this.platform.processes(), "order-service",
					"/orders");
			List<T> replies = new ArrayList<>();
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				for (Future<T> reply : threads.invokeAll(Collections.nCopies(count, request))) {
					replies.add(reply.get());
				}
			}
			assertThat(this.patience.setbacks()).doesNotContainKey("500");
			assertThat(served.byInstance()).hasSize(INSTANCES)
				.allSatisfy((name, share) -> assertThat(share).isPositive());
			return replies;
		}

	}

}
