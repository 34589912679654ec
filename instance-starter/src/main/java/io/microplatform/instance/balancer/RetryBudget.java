package io.microplatform.instance.balancer;

/**
 * Keeps retries a share of the requests, so that they cannot make an overload of a
 * failure: each request adds a fraction of a retry, each retry takes a whole one, and not
 * more than a reserve is ever saved. Thread-safe.
 *
 * @see <a href="https://sre.google/sre-book/handling-overload/">Site Reliability
 * Engineering, Handling Overload: per-client retry budget</a>
 */
final class RetryBudget {

	private final double perRequest;

	private final double reserve;

	private double saved;

	/**
	 * Begins with the whole reserve.
	 * @param perRequest retries that each request adds
	 * @param reserve the most retries that can be saved
	 */
	RetryBudget(double perRequest, double reserve) {
		this.perRequest = perRequest;
		this.reserve = reserve;
		this.saved = reserve;
	}

	synchronized void request() {
		this.saved = Math.min(this.reserve, this.saved + this.perRequest);
	}

	/** Takes a retry, if there is one. */
	synchronized boolean spend() {
		if (this.saved < 1) {
			return false;
		}
		this.saved--;
		return true;
	}

}
