package io.microplatform.acceptance.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.microplatform.acceptance.client.Patience;
import io.microplatform.acceptance.client.PlatformClient;
import io.microplatform.acceptance.client.Session;

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
		return signUp(guest, count, new Patience(Duration.ZERO));
	}

	/**
	 * The same, of users who ask again.
	 * @param guest a client without a token
	 * @param count how many
	 * @param patience of all of them together
	 * @return the users
	 */
	public static Shoppers signUp(PlatformClient guest, int count, Patience patience) {
		return new Shoppers(Stream.generate(() -> signUp(guest, patience)).limit(count).toList());
	}

	private static Shopper signUp(PlatformClient guest, Patience patience) {
		String email = "shopper-%s@example.org".formatted(UUID.randomUUID());
		String password = UUID.randomUUID().toString();
		guest.register("Shopper", email, password).expect(201);
		return new Shopper(guest.withToken(Session.open(guest, email, password)).withPatience(patience));
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

	/**
	 * What users do whom an exercise must not disturb: of ten calls three are orders.
	 * @param seed the same seed gives the same kinds of calls in the same order
	 * @return the workload
	 */
	public Workload buying(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		RandomGenerator choice = random.split();
		return new Mix(random).with(3, by(random, (shopper) -> shopper.order(PRICE)))
			.with(4, by(random, (shopper) -> shopper.readOrder(choice)))
			.with(1, by(random, Shopper::listOrders))
			.with(2, by(random, Shopper::readCredit));
	}

	/**
	 * What users do at order-service alone.
	 * @param seed the same seed gives the same kinds of calls in the same order
	 * @return the workload
	 */
	public Workload placing(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		RandomGenerator choice = random.split();
		return new Mix(random).with(4, by(random, (shopper) -> shopper.order(PRICE)))
			.with(4, by(random, (shopper) -> shopper.readOrder(choice)))
			.with(2, by(random, Shopper::listOrders));
	}

	/**
	 * What users do who change their minds.
	 * @param seed the same seed gives the same kinds of calls in the same order
	 * @return the workload
	 */
	public Workload ordering(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		RandomGenerator choice = random.split();
		return new Mix(random).with(4, by(random, (shopper) -> shopper.order(PRICE)))
			.with(1, by(random, (shopper) -> shopper.cancelOrder(choice)))
			.with(3, by(random, (shopper) -> shopper.readOrder(choice)))
			.with(1, by(random, Shopper::listOrders))
			.with(1, by(random, Shopper::readCredit));
	}

	/**
	 * Holds what all of them were told against what there is.
	 * @return what was found
	 */
	public Settlement settle() {
		return Settlement.of(this.all.stream().map(Shopper::settle).toList());
	}

	private Workload by(RandomGenerator random, Function<Shopper, Call> call) {
		return () -> call.apply(this.all.get(random.nextInt(this.all.size())));
	}

}
