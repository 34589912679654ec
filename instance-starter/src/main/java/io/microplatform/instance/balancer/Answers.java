package io.microplatform.instance.balancer;

/**
 * The number of answers of a service that were good, and of those that were errors.
 */
record Answers(long good, long errors) {

	static final Answers NONE = new Answers(0, 0);

	/** With the outcome of one more attempt; most outcomes are neither. */
	Answers and(Outcome outcome) {
		return switch (outcome) {
			case ANSWERED -> new Answers(this.good + 1, this.errors);
			case ERRED -> new Answers(this.good, this.errors + 1);
			default -> this;
		};
	}

	Answers withoutAnError() {
		return new Answers(this.good, this.errors - 1);
	}

	Answers since(Answers earlier) {
		return new Answers(this.good - earlier.good, this.errors - earlier.errors);
	}

}
