package io.microplatform.local.cli;

/**
 * What one look of the preflight found.
 *
 * @param good whether the platform can run with it
 * @param text what was seen, and what to do about it when it is not good
 */
record Finding(boolean good, String text) {

	static Finding good(String text) {
		return new Finding(true, text);
	}

	static Finding bad(String text) {
		return new Finding(false, text);
	}

	@Override
	public String toString() {
		return (this.good ? "✓ " : "✗ ") + this.text;
	}

}
