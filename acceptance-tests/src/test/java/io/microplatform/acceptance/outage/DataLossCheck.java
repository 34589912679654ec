package io.microplatform.acceptance.outage;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.platform.PrivatePlatform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A user from before an outage, with a token, a confirmed order and reserved credit,
 * which verifies afterwards that nothing is lost.
 */
final class DataLossCheck {

	/**
	 * Time for an order to be confirmed. A killed consumer keeps its partitions for 10 s,
	 * and a busy machine needs longer.
	 */
	private static final Duration DECISION_TIMEOUT = Duration.ofSeconds(40);

	/** Label of a read order in the metrics, present after the first request. */
	private static final String ORDER_READ = "uri=\"/orders/{id}\"";

	private final PlatformClient client;

	private final PrivatePlatform platform;

	private Order order;

	private Reply me;

	DataLossCheck(PrivatePlatform platform) {
		this.platform = platform;
		this.client = platform.signUp("Ann").client();
		this.order = confirmedOrder();
		this.me = this.client.me().expect(200);
	}

	/**
	 * Verifies that the data from before the outage are unchanged, and that a new order
	 * is confirmed.
	 */
	void assertThatNothingIsLost() {
		assertThat(this.client.order(this.order.id()).expect(200).as(Order.class)).isEqualTo(this.order);
		assertThat(this.client.me().expect(200).body()).isEqualTo(this.me.body());
		Order next = confirmedOrder();
		assertThat(next.id()).isGreaterThan(this.order.id());
		this.order = next;
		this.me = this.client.me().expect(200);
	}

	/** Reads the order until a given instance has served a request. */
	void awaitServedBy(String instance) {
		await().until(() -> {
			this.client.order(this.order.id()).expect(200);
			return metrics(instance).contains(ORDER_READ);
		});
	}

	private String metrics(String instance) {
		int management = this.platform.processes()
			.processes()
			.stream()
			.filter((process) -> process.instance().equals(instance))
			.map((process) -> Objects.requireNonNull(process.managementPort()))
			.findFirst()
			.orElseThrow();
		return PlatformClient.of(URI.create("http://127.0.0.1:" + management))
			.get("/actuator/prometheus")
			.expect(200)
			.body();
	}

	private Order confirmedOrder() {
		long id = this.client.placeOrder("tea", BigDecimal.TEN).expect(201).as(Order.class).id();
		return await().atMost(DECISION_TIMEOUT)
			.until(() -> this.client.order(id).expect(200).as(Order.class),
					(order) -> order.status().equals("CONFIRMED"));
	}

}
