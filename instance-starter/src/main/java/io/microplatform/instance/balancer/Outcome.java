package io.microplatform.instance.balancer;

import java.util.Locale;

/**
 * What became of an attempt at an instance.
 */
public enum Outcome {

	/** It answered, and its answer does not speak against it. */
	ANSWERED,

	/** It said that it has too much to do, or that what it needs is away. */
	SHED,

	/** It answered with an error of its own, which it would repeat as well. */
	ERRED,

	/** It broke off, or somebody behind it did. */
	BROKE_OFF,

	/** It did not answer in time. */
	TIMED_OUT,

	/** There was no connection: nothing was sent. */
	REFUSED,

	/** Nothing was sent either, but for want of a connection of the caller's own. */
	NOT_SENT,

	/** Whoever wanted the answer went away first. */
	ABANDONED;

	/** Whether the instance cannot have done anything. */
	public boolean nothingWasSent() {
		return this == REFUSED || this == NOT_SENT;
	}

	/**
	 * What an answer says of the instance. Shedding is right, and 503 is how it is said;
	 * to leave out who sheds would only give the others more.
	 * @param status of the answer
	 * @return the outcome of the attempt
	 */
	public static Outcome of(int status) {
		return switch (status) {
			case 503 -> SHED;
			case 502, 504 -> BROKE_OFF;
			default -> (status < 500) ? ANSWERED : ERRED;
		};
	}

	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
