package io.microplatform.lab.load;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.microplatform.lab.client.RetryPolicy;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.TokenSource;

/**
 * A group of simulated users. Each call of a workload is made by a random one of them.
 *
 * @param all the users
 */
public record SimulatedUsers(List<SimulatedUser> all) {

	/**
	 * Price of an order, so low that a new user's credit lasts for hundreds of orders.
	 */
	private static final BigDecimal PRICE = new BigDecimal("0.10");

	/**
	 * Registers new users that do not retry.
	 * @param guest a client without a token
	 * @param count the number of users
	 * @return the users
	 */
	public static SimulatedUsers signUp(PlatformClient guest, int count) {
		return signUp(guest, count, new RetryPolicy(Duration.ZERO));
	}

	/**
	 * Registers new users.
	 * @param guest a client without a token
	 * @param count the number of users
	 * @param retryPolicy the retry policy that the users share
	 * @return the users
	 */
	public static SimulatedUsers signUp(PlatformClient guest, int count, RetryPolicy retryPolicy) {
		return new SimulatedUsers(Stream.generate(() -> signUp(guest, retryPolicy)).limit(count).toList());
	}

	private static SimulatedUser signUp(PlatformClient guest, RetryPolicy retryPolicy) {
		String email = "user-%s@example.org".formatted(UUID.randomUUID());
		String password = UUID.randomUUID().toString();
		guest.register("User", email, password).expect(201);
		return new SimulatedUser(
				guest.withToken(TokenSource.logIn(guest, email, password)).withRetryPolicy(retryPolicy));
	}

	/**
	 * Creates a workload with 20 % new orders; the remaining calls read.
	 * @param seed the seed; the same seed produces the same kinds of calls in the same
	 * order
	 * @return the workload
	 */
	public Workload browsing(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		RandomGenerator choice = random.split();
		return new WeightedWorkload(random).with(2, by(random, (user) -> user.placeOrder(PRICE)))
			.with(4, by(random, (user) -> user.readOrder(choice)))
			.with(2, by(random, SimulatedUser::listOrders))
			.with(2, by(random, SimulatedUser::readCredit));
	}

	/**
	 * Creates a workload with 30 % new orders; the remaining calls read.
	 * @param seed the seed; the same seed produces the same kinds of calls in the same
	 * order
	 * @return the workload
	 */
	public Workload buying(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		RandomGenerator choice = random.split();
		return new WeightedWorkload(random).with(3, by(random, (user) -> user.placeOrder(PRICE)))
			.with(4, by(random, (user) -> user.readOrder(choice)))
			.with(1, by(random, SimulatedUser::listOrders))
			.with(2, by(random, SimulatedUser::readCredit));
	}

	/**
	 * Creates a workload that only calls order-service: 40 % new orders; the remaining
	 * calls read.
	 * @param seed the seed; the same seed produces the same kinds of calls in the same
	 * order
	 * @return the workload
	 */
	public Workload orderServiceOnly(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		RandomGenerator choice = random.split();
		return new WeightedWorkload(random).with(4, by(random, (user) -> user.placeOrder(PRICE)))
			.with(4, by(random, (user) -> user.readOrder(choice)))
			.with(2, by(random, SimulatedUser::listOrders));
	}

	/**
	 * Creates a workload with 40 % new orders and 10 % cancellations; the remaining calls
	 * read.
	 * @param seed the seed; the same seed produces the same kinds of calls in the same
	 * order
	 * @return the workload
	 */
	public Workload orderingAndCancelling(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		RandomGenerator choice = random.split();
		return new WeightedWorkload(random).with(4, by(random, (user) -> user.placeOrder(PRICE)))
			.with(1, by(random, (user) -> user.cancelOrder(choice)))
			.with(3, by(random, (user) -> user.readOrder(choice)))
			.with(1, by(random, SimulatedUser::listOrders))
			.with(1, by(random, SimulatedUser::readCredit));
	}

	/**
	 * Compares the responses of all users with the final state of their orders.
	 * @return the differences
	 */
	public OrderReconciliation reconcile() {
		return OrderReconciliation.of(this.all.stream().map(SimulatedUser::reconcile).toList());
	}

	private Workload by(RandomGenerator random, Function<SimulatedUser, LoadCall> call) {
		return () -> call.apply(this.all.get(random.nextInt(this.all.size())));
	}

}
