package io.microplatform.order;

import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.security.CurrentUser;
import org.jspecify.annotations.Nullable;

/**
 * Scope of a list of orders.
 *
 * @param userId the user that placed the orders, {@code null} for the orders of all users
 * @param isOwn whether the user is the caller; other lists are for administrators
 */
record OrderScope(@Nullable Long userId, boolean isOwn) {

	/** The values of the parameter {@code scope}. */
	static final String VALUES = "own|all";

	private static final String ALL = "all";

	/**
	 * Returns the scope of a request.
	 * @param scope one of the {@link #VALUES}, or null
	 * @param userId the user whose orders are requested, or null
	 * @throws ProblemException 400 for both together, 403 unless the caller may see these
	 * orders
	 */
	static OrderScope of(@Nullable String scope, @Nullable Long userId, CurrentUser caller) {
		if (scope != null && userId != null) {
			throw ProblemException.invalid("scope", "must not come with userId");
		}
		boolean all = ALL.equals(scope);
		if (!all && (userId == null || userId == caller.id())) {
			return new OrderScope(caller.id(), true);
		}
		caller.requireAdministrator();
		return new OrderScope(userId, false);
	}

}
