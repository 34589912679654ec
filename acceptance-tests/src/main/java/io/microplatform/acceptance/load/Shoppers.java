package io.microplatform.acceptance.load;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.microplatform.acceptance.client.AccessToken;
import io.microplatform.acceptance.client.PlatformClient;

/**
 * Several users at once; each call is made by one of them.
 *
 * @param all the users
 */
public record Shoppers(List<Shopper> all) {

	/** Small enough that a new user's credit lasts for hundreds of orders. */
	private static final BigDecimal PRICE = new BigDecimal("0.10");

	/**
	 * Registers new users and logs them in.
	 * @param guest a client without a token
	 * @param count how many
	 * @return the users
	 */
	public static Shoppers signUp(PlatformClient guest, int count) {
		return new Shoppers(Stream.generate(() -> signUp(guest)).limit(count).toList());
	}

	private static Shopper signUp(PlatformClient guest) {
		String email = "shopper-%s@example.org".formatted(UUID.randomUUID());
		String password = UUID.randomUUID().toString();
		guest.register("Shopper", email, password).expect(201);
		return new Shopper(guest.withToken(guest.login(email, password).expect(200).as(AccessToken.class).value()));
	}

	/**
	 * What users do in a shop: they look more often than they buy.
	 * @param seed the same seed gives the same kinds of calls in the same order
	 * @return the workload
	 */
	public Workload browsing(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		RandomGenerator choice = random.split();
		return new Mix(random).with(2, by(random, (shopper) -> shopper.order(PRICE)))
			.with(4, by(random, (shopper) -> shopper.readOrder(choice)))
			.with(2, by(random, Shopper::listOrders))
			.with(2, by(random, Shopper::readCredit));
	}

	private Workload by(RandomGenerator random, Function<Shopper, Call> call) {
		return () -> call.apply(this.all.get(random.nextInt(this.all.size())));
	}

}
