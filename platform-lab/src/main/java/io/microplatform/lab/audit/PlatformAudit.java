package io.microplatform.lab.audit;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.microplatform.lab.platform.TargetPlatform;
import io.microplatform.local.process.Await;

/**
 * Audit of orders and credit across databases, outboxes and topics. Runs while the
 * platform is in use.
 *
 * @param platform the platform
 * @param bound the age from which anything in progress counts as lost
 */
public record PlatformAudit(TargetPlatform platform, Duration bound) {

	/**
	 * The default bound. Longer than the interval of repeated credit requests and than a
	 * rebalance of a consumer group.
	 */
	public static final Duration DEFAULT_BOUND = Duration.ofSeconds(60);

	private static final Duration QUIET_TIMEOUT = Duration.ofMinutes(3);

	/** Maximum delay between the two databases under load. */
	private static final Duration IN_FLIGHT = Duration.ofSeconds(10);

	/**
	 * Whether no order waits for an answer and no event for publication.
	 * @return whether the platform is quiet now
	 * @throws AuditUnavailableException if a database does not answer
	 */
	public boolean isQuiet() {
		try (Database orders = Database.connect(this.platform, "order_service");
				Database users = Database.connect(this.platform, "user_service")) {
			return PendingCheck.waiting(orders) == 0 && OutboxCheck.unsent(orders) == 0
					&& OutboxCheck.unsent(users) == 0;
		}
		catch (SQLException ex) {
			throw new AuditUnavailableException("cannot read the databases: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Waits until the platform is quiet, for at most three minutes. If it is not, the
	 * audit reports the reason.
	 * @throws AuditUnavailableException if a database does not answer
	 */
	public void awaitQuiet() {
		Await.until(QUIET_TIMEOUT, this::isQuiet);
	}

	/**
	 * Runs all checks.
	 * @return the finding of each check
	 * @throws AuditUnavailableException if a database or the broker does not answer
	 */
	public List<AuditFinding> findings() {
		try (Database orders = Database.connect(this.platform, "order_service");
				Database users = Database.connect(this.platform, "user_service")) {
			OrderEvents events = OrderEvents.of(new Topic(this.platform, "orders"));
			DeadLetterCheck letters = new DeadLetterCheck(this.platform);
			List<Check> checks = List.of(new CreditCheck(users), new ReservationCheck(orders, users, IN_FLIGHT),
					new PendingCheck(orders, this.bound), events::outcomes,
					() -> events.readable(events.areReadable() ? Set.of() : letters.resolvedPlaces()),
					new OutboxCheck("order-service", orders, this.bound),
					new OutboxCheck("user-service", users, this.bound), letters);
			List<AuditFinding> findings = new ArrayList<>();
			for (Check check : checks) {
				findings.add(check.run());
			}
			return findings;
		}
		catch (SQLException ex) {
			throw new AuditUnavailableException("cannot read the databases: " + ex.getMessage(), ex);
		}
	}

}
