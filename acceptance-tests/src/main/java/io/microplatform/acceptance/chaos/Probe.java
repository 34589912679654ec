package io.microplatform.acceptance.chaos;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.local.process.Await;

/**
 * Somebody who finds out when the platform does its main job again.
 *
 * @param client a patient one
 */
record Probe(PlatformClient client) {

	private static final BigDecimal PRICE = new BigDecimal("0.01");

	private static final Duration LIMIT = Duration.ofSeconds(90);

	/**
	 * Returns when a new order is confirmed.
	 * @throws PlatformFailedException when that does not come about
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
