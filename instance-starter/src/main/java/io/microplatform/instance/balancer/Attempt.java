package io.microplatform.instance.balancer;

import java.util.function.Consumer;

import org.springframework.cloud.client.ServiceInstance;

/**
 * One attempt to send a request to one instance. Counts as in flight until it is ended.
 */
public final class Attempt {

	private final TrackedInstance instance;

	private final Consumer<AttemptOutcome> listener;

	private boolean ended;

	Attempt(TrackedInstance instance, Consumer<AttemptOutcome> listener) {
		this.instance = instance;
		this.listener = listener;
		instance.begin();
	}

	/** The instance to send the request to. */
	public ServiceInstance instance() {
		return this.instance.instance();
	}

	TrackedInstance tracked() {
		return this.instance;
	}

	/**
	 * Ends the attempt. Only the first outcome counts.
	 * @param outcome the outcome
	 */
	public synchronized void end(AttemptOutcome outcome) {
		if (!this.ended) {
			this.ended = true;
			this.listener.accept(outcome);
		}
	}

}
