package io.microplatform.acceptance.outage;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.platform.PrivatePlatform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Somebody from before an outage, with a token, an order and less credit than in the
 * beginning, who can tell afterwards whether anything was lost.
 */
final class Witness {

	/**
	 * A consumer that was killed keeps its partitions for 10 s, and a busy machine takes
	 * its time.
	 */
	private static final Duration DECISION_TAKES_AT_MOST = Duration.ofSeconds(40);

	/** As the metrics of a service tell of it, from the first time on. */
	private static final String ORDER_READ = "uri=\"/orders/{id}\"";

	private final PlatformClient client;

	private final PrivatePlatform platform;

	private Order order;

	private Reply me;

	Witness(PrivatePlatform platform) {
		this.platform = platform;
		this.client = platform.signUp("Witness").client();
		this.order = confirmedOrder();
		this.me = this.client.me().expect(200);
	}

	/** Everything from before is still there, and the platform does its work. */
	void testifiesThatAllIsWell() {
		assertThat(this.client.order(this.order.id()).expect(200).as(Order.class)).isEqualTo(this.order);
		assertThat(this.client.me().expect(200).body()).isEqualTo(this.me.body());
		Order next = confirmedOrder();
		assertThat(next.id()).isGreaterThan(this.order.id());
		this.order = next;
		this.me = this.client.me().expect(200);
	}

	/** This instance is among those that answer. */
	void isServedBy(String instance) {
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
		return await().atMost(DECISION_TAKES_AT_MOST)
			.until(() -> this.client.order(id).expect(200).as(Order.class),
					(order) -> order.status().equals("CONFIRMED"));
	}

}
