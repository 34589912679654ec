package io.microplatform.acceptance.bench;

import java.math.BigDecimal;
import java.time.Duration;

import io.microplatform.acceptance.client.Account;
import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.platform.PlatformFailedException;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.local.process.Await;

/**
 * The main job once, from registering to the confirmed order.
 *
 * @param platform where
 */
record FirstOrder(PrivatePlatform platform) {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * Returns when it is confirmed.
	 * @throws PlatformFailedException when it is not
	 */
	void confirm() {
		Account account = this.platform.signUp("Ann");
		long id = account.client().placeOrder("tea", BigDecimal.TEN).expect(201).as(Order.class).id();
		if (!Await.until(PATIENCE, () -> isConfirmed(account, id))) {
			throw new PlatformFailedException("the order was not confirmed within " + PATIENCE, null);
		}
	}

	private static boolean isConfirmed(Account account, long id) {
		return account.client().order(id).expect(200).as(Order.class).status().equals("CONFIRMED");
	}

}
