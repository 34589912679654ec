package io.microplatform.acceptance.order;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.microplatform.acceptance.client.Account;
import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.platform.PrivatePlatform;
import org.junit.jupiter.api.Test;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class ParallelOrdersTests {

	private static final int ORDERS = 200;

	/**
	 * More at once would wait too long for a database connection, and be answered 503.
	 */
	private static final int CLIENTS = 20;

	private final Account ann;

	ParallelOrdersTests(PrivatePlatform platform) {
		this.ann = platform.signUp("Ann");
	}

	@Test
	void neverOverdrawTheCredit() throws Exception {
		List<String> outcomes = new ArrayList<>();
		try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
			List<Future<Order>> placed = threads
				.invokeAll(Stream.<Callable<Order>>generate(() -> () -> Orders.place(this.ann, "20.00"))
					.limit(ORDERS)
					.toList());
			for (Future<Order> order : placed) {
				outcomes.add(Orders.decided(this.ann, order.get()).status());
			}
		}
		assertThat(outcomes).filteredOn("CONFIRMED"::equals).hasSize(50);
		assertThat(outcomes).filteredOn("REJECTED"::equals).hasSize(150);
		assertThat(this.ann.client().me()).hasText("\"creditAvailable\":0.00");
	}

}
