package io.microplatform.starter.audit;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An event of the audit trail, in terms of the Elastic Common Schema. It contains ids,
 * but no names or values.
 *
 * @param category the value of {@code event.category}
 * @param action the value of {@code event.action}
 * @param success whether {@code event.outcome} is {@code success} or {@code failure}
 * @param userId the user who acts, {@code null} if unknown
 * @param orderId the order, if any
 * @param targetUserId the user affected by the action, {@code null} if it is the acting
 * user
 * @param fields the names of the fields that changed
 * @see <a href="https://www.elastic.co/docs/reference/ecs/ecs-event">ECS event fields</a>
 */
public record AuditEvent(String category, String action, boolean success, @Nullable Long userId, @Nullable Long orderId,
		@Nullable Long targetUserId, List<String> fields) {

	/**
	 * Returns the event of a login.
	 * @param userId the user, {@code null} if the login fails
	 * @return the event
	 */
	public static AuditEvent login(@Nullable Long userId) {
		return new AuditEvent("authentication", "login", userId != null, userId, null, null, List.of());
	}

	/**
	 * Returns the event of a change of an account.
	 * @param action the action
	 * @param userId the user who acts
	 * @param accountId the user whose account changes
	 * @param fields the names of the fields that change
	 * @return the event
	 */
	public static AuditEvent ofAccount(String action, long userId, long accountId, String... fields) {
		return new AuditEvent("iam", action, true, userId, null, (accountId != userId) ? accountId : null,
				List.of(fields));
	}

	/**
	 * Returns the event of a user's decision about an order.
	 * @param action the action
	 * @param userId the user
	 * @param orderId the order
	 * @return the event
	 */
	public static AuditEvent ofOrder(String action, long userId, long orderId) {
		return new AuditEvent("web", action, true, userId, orderId, null, List.of());
	}

}
