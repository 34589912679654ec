package io.microplatform.instance.balancer;

/**
 * The failures of an instance since its last good answer, and when they are enough to
 * eject it. Not thread-safe.
 */
final class FailureStreak {

	/** What an answer without an error adds to the score of a service. */
	static final int GOOD_ANSWER = 1;

	/** What an error adds to the score of a service: it outweighs two good answers. */
	static final int ERROR = -2;

	private int brokenConnections;

	private int timeouts;

	private int errors;

	/** The score of the service before the first of the errors. */
	private long scoreBefore;

	/**
	 * Adds the outcome of an attempt.
	 * @param outcome the outcome
	 * @param score the score of the service, this outcome included
	 * @param limits how many failures are enough
	 * @return whether the instance is to be ejected
	 */
	boolean add(AttemptOutcome outcome, long score, EjectionProperties limits) {
		return switch (outcome) {
			case ANSWERED, IN_PROGRESS, SHED -> {
				clear();
				yield false;
			}
			case ERRED -> isTheOnlyOneWithErrors(score, 2 * limits.failures());
			case BROKE_OFF -> ++this.brokenConnections >= limits.failures();
			case TIMED_OUT -> ++this.timeouts >= limits.timeouts();
			case REFUSED -> true;
			case NOT_SENT, ABANDONED -> false;
		};
	}

	/**
	 * An error proves nothing by itself, because the request may cause it at every
	 * instance. What counts is that the other instances answered without errors
	 * meanwhile.
	 */
	private boolean isTheOnlyOneWithErrors(long score, int enough) {
		if (this.errors++ == 0) {
			this.scoreBefore = score - ERROR;
		}
		long scoreOfOthers = score - this.scoreBefore - (long) ERROR * this.errors;
		return this.errors >= enough && scoreOfOthers >= enough;
	}

	void clear() {
		this.brokenConnections = 0;
		this.timeouts = 0;
		this.errors = 0;
	}

}
