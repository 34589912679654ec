package io.microplatform.acceptance.token;

/**
 * An invalid {@code Authorization} header.
 *
 * @param what a description
 * @param authorization the value of the header
 */
record BadToken(String what, String authorization) {

	static BadToken of(String what, String token) {
		return new BadToken(what, "Bearer " + token);
	}

	@Override
	public String toString() {
		return this.what;
	}

}
