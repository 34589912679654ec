package io.microplatform.instance.balancer;

import io.microplatform.instance.configuration.Refreshable;

/**
 * A token bucket that keeps retries a share of the requests, so that a failure does not
 * become an overload: each request adds a fraction of a retry, each retry takes a whole
 * one, and the bucket is full at the start. Thread-safe.
 *
 * @see <a href="https://sre.google/sre-book/handling-overload/">Site Reliability
 * Engineering, Handling Overload: per-client retry budget</a>
 */
final class RetryBudget {

	private final Refreshable<RetryProperties> properties;

	private double tokens;

	RetryBudget(Refreshable<RetryProperties> properties) {
		this.properties = properties;
		this.tokens = properties.get().reserve();
	}

	synchronized void request() {
		RetryProperties now = this.properties.get();
		this.tokens = Math.min(now.reserve(), this.tokens + now.budget());
	}

	/** The number of retries that may be made now. */
	synchronized double available() {
		return Math.min(this.properties.get().reserve(), this.tokens);
	}

	/** Takes a retry, if there is one. */
	synchronized boolean spend() {
		// The reserve may have become smaller since the last request.
		this.tokens = Math.min(this.properties.get().reserve(), this.tokens);
		if (this.tokens < 1) {
			return false;
		}
		this.tokens--;
		return true;
	}

}
