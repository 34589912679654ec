package io.microplatform.acceptance.audit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.microplatform.acceptance.platform.RunningPlatform;
import io.microplatform.local.process.Await;

/**
 * The books of a platform, to be looked into while it runs. They balance when every
 * finding is clean.
 *
 * @param platform the platform
 * @param bound how long anything may be on its way before it counts as lost
 */
public record Books(RunningPlatform platform, Duration bound) {

	/** Longer than a service asks again, and than a consumer group takes to settle. */
	public static final Duration USUAL_BOUND = Duration.ofSeconds(60);

	private static final Duration QUIET_COMES_WITHIN = Duration.ofMinutes(3);

	/** What is on its way under load gets there within this, as a rule at once. */
	private static final Duration IN_FLIGHT = Duration.ofSeconds(10);

	/**
	 * Whether nothing is on its way: every question about an order is answered, every
	 * event sent.
	 * @return whether it is so at this moment
	 * @throws BooksClosedException when a database does not answer
	 */
	public boolean areQuiet() {
		try (Database orders = Database.connect(this.platform, "order_service");
				Database users = Database.connect(this.platform, "user_service")) {
			return PendingCheck.waiting(orders) == 0 && OutboxCheck.unsent(orders) == 0
					&& OutboxCheck.unsent(users) == 0;
		}
		catch (SQLException ex) {
			throw new BooksClosedException("The databases cannot be read: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Waits until nothing is on its way any more, or longer than that should take: then
	 * the audit names it.
	 * @throws BooksClosedException when a database does not answer
	 */
	public void awaitQuiet() {
		Await.until(QUIET_COMES_WITHIN, this::areQuiet);
	}

	/**
	 * Looks.
	 * @return what every check has found
	 * @throws BooksClosedException when a database or the broker does not answer
	 */
	public List<Finding> audit() {
		try (Database orders = Database.connect(this.platform, "order_service");
				Database users = Database.connect(this.platform, "user_service")) {
			OrderEvents events = OrderEvents.of(new Topic(this.platform, "orders"));
			DeadLetterCheck letters = new DeadLetterCheck(this.platform);
			List<Check> checks = List.of(new CreditCheck(users), new ReservationCheck(orders, users, IN_FLIGHT),
					new PendingCheck(orders, this.bound), events::outcomes,
					() -> events.readable(events.areReadable() ? Set.of() : letters.settled()),
					new OutboxCheck("order-service", orders, this.bound),
					new OutboxCheck("user-service", users, this.bound), letters);
			List<Finding> findings = new ArrayList<>();
			for (Check check : checks) {
				findings.add(check.look());
			}
			return findings;
		}
		catch (SQLException ex) {
			throw new BooksClosedException("The databases cannot be read: " + ex.getMessage(), ex);
		}
	}

}
