package io.microplatform.acceptance.token;

/**
 * What somebody sends instead of a valid token.
 *
 * @param what what is wrong with it
 * @param authorization the value of the header Authorization
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
