package io.microplatform.lab.chaos;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.local.process.Await;

/**
 * Probe that detects when new orders are confirmed again.
 *
 * @param client a client that retries
 */
record RecoveryProbe(PlatformClient client) {

	private static final BigDecimal PRICE = new BigDecimal("0.01");

	private static final Duration LIMIT = Duration.ofSeconds(90);

	/**
	 * Places an order and waits until it is confirmed.
	 * @throws PlatformFailedException if the order is not confirmed within 90 seconds
	 */
	void confirmOrder() {
		String key = UUID.randomUUID().toString();
		long id = this.client.placeOrder("probe " + key, PRICE, key).expect(201).as(Order.class).id();
		if (!Await.until(LIMIT, () -> this.client.order(id).expect(200).as(Order.class).status().equals("CONFIRMED"))) {
			throw new PlatformFailedException(
					String.format(Locale.ROOT, "order %d was not confirmed within %s", id, LIMIT), null);
		}
	}

}
