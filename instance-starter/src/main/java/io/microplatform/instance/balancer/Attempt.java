package io.microplatform.instance.balancer;

import org.springframework.cloud.client.ServiceInstance;

/**
 * One attempt at one instance, under way until it is ended.
 */
public final class Attempt {

	private final Call call;

	private final Member member;

	private boolean ended;

	Attempt(Call call, Member member) {
		this.call = call;
		this.member = member;
		member.begin();
	}

	/** Whom to ask. */
	public ServiceInstance instance() {
		return this.member.instance();
	}

	boolean mayGoToAnother() {
		return this.call.mayGoToAnotherThan(this.member);
	}

	/**
	 * Ends the attempt; only the first end counts.
	 * @param outcome what became of it
	 */
	public synchronized void end(Outcome outcome) {
		if (!this.ended) {
			this.ended = true;
			this.call.ended(this.member, outcome);
		}
	}

}
