package io.microplatform.cli;

/**
 * The result of one check of the preflight.
 *
 * @param good whether the platform can run with it
 * @param text what was seen, and what to do about it when it is not good
 */
record PreflightFinding(boolean good, String text) {

	static PreflightFinding good(String text) {
		return new PreflightFinding(true, text);
	}

	static PreflightFinding bad(String text) {
		return new PreflightFinding(false, text);
	}

	@Override
	public String toString() {
		return (this.good ? "✓ " : "✗ ") + this.text;
	}

}
