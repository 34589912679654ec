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

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.OrdersPage;
import io.microplatform.lab.client.RetryPolicy;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.FullRun;
import io.microplatform.acceptance.fixture.StartsInstances;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.ServedRequests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of concurrent requests to three instances of each service. Requests beyond the
 * capacity get a 503 response, which the clients retry.
 */
@FullRun
@AcceptanceTest
@StartsInstances
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

	/** Other tests require a single instance. */
	@AfterAll
	void scaleBack() {
		SERVICES.forEach((service) -> this.platform.scale(service, 1));
	}

	@Test
	void concurrentOrdersDoNotExceedTheCreditLimit() throws Exception {
		RetryingClient ann = new RetryingClient();
		List<Order> orders = ann.sendConcurrently(200,
				() -> ann.place("20.00", UUID.randomUUID().toString()).as(Order.class));
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
	void concurrentRequestsWithTheSameKeyPlaceOneOrder() throws Exception {
		RetryingClient ann = new RetryingClient();
		String key = UUID.randomUUID().toString();
		List<Reply> replies = ann.sendConcurrently(50, () -> ann.place("20.00", key));
		Reply first = replies.getFirst();
		assertThat(replies).allSatisfy((reply) -> assertThat(reply).repeats(first));
		Orders.decided(ann.account, first.as(Order.class));
		assertThat(ann.place("20.00", key)).repeats(first);
		assertThat(ann.account.client().orders("limit=100").expect(200).as(OrdersPage.class).items()).hasSize(1);
	}

	/** A new user whose client retries. */
	private final class RetryingClient {

		private final RetryPolicy retryPolicy = new RetryPolicy(Duration.ofSeconds(60));

		private final ClientAccount account = ManyInstancesTests.this.platform.signUp("Ann")
			.withRetryPolicy(this.retryPolicy);

		Reply place(String amount, String key) {
			return this.account.client().placeOrder("tea", new BigDecimal(amount), key).expect(201);
		}

		/**
		 * Sends concurrent requests, all of which must succeed, and verifies that each
		 * instance serves some of them.
		 */
		<T> List<T> sendConcurrently(int count, Callable<T> request) throws Exception {
			ServedRequests served = ServedRequests.from(ManyInstancesTests.this.platform.processes(), "order-service",
					"/orders");
			List<T> replies = new ArrayList<>();
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				for (Future<T> reply : threads.invokeAll(Collections.nCopies(count, request))) {
					replies.add(reply.get());
				}
			}
			assertThat(this.retryPolicy.retries()).doesNotContainKey("500");
			assertThat(served.byInstance()).hasSize(INSTANCES)
				.allSatisfy((name, share) -> assertThat(share).isPositive());
			return replies;
		}

	}

}
