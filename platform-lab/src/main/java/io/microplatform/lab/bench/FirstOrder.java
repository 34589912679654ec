package io.microplatform.lab.bench;

import java.math.BigDecimal;
import java.time.Duration;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.platform.PlatformFailedException;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.local.process.Await;

/**
 * The main use case once, from the registration to the confirmed order.
 *
 * @param platform the platform
 */
record FirstOrder(PrivatePlatform platform) {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	/**
	 * Registers a user, places an order and waits until it is confirmed.
	 * @throws PlatformFailedException if the order is not confirmed within 30 seconds
	 */
	void confirm() {
		ClientAccount account = this.platform.signUp("Ann");
		long id = account.client().placeOrder("tea", BigDecimal.TEN).expect(201).as(Order.class).id();
		if (!Await.until(TIMEOUT, () -> isConfirmed(account, id))) {
			throw new PlatformFailedException("the order was not confirmed within " + TIMEOUT, null);
		}
	}

	private static boolean isConfirmed(ClientAccount account, long id) {
		return account.client().order(id).expect(200).as(Order.class).status().equals("CONFIRMED");
	}

}
