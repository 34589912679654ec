package io.microplatform.instance.balancer;

import io.microplatform.instance.configuration.Live;

/**
 * Keeps retries a share of the requests, so that they cannot make an overload of a
 * failure: each request adds a fraction of a retry, each retry takes a whole one, and not
 * more than a reserve is ever saved. Thread-safe.
 *
 * @see <a href="https://sre.google/sre-book/handling-overload/">Site Reliability
 * Engineering, Handling Overload: per-client retry budget</a>
 */
final class RetryBudget {

	private final Live<RetryProperties> properties;

	private double saved;

	/**
	 * Begins with the whole reserve.
	 * @param properties the retries that each request adds, and the most that can be
	 * saved
	 */
	RetryBudget(Live<RetryProperties> properties) {
		this.properties = properties;
		this.saved = properties.get().reserve();
	}

	synchronized void request() {
		RetryProperties now = this.properties.get();
		this.saved = Math.min(now.reserve(), this.saved + now.budget());
	}

	/** Takes a retry, if there is one. */
	synchronized boolean spend() {
		// The reserve may have become smaller since the last request.
		this.saved = Math.min(this.properties.get().reserve(), this.saved);
		if (this.saved < 1) {
			return false;
		}
		this.saved--;
		return true;
	}

}
