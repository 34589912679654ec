package io.microplatform.lab.client;

/**
 * A registered user together with the credentials and a client that is logged in.
 *
 * @param user the user as returned by the registration
 * @param password the password
 * @param token the access token
 * @param client a client that sends the token
 */
public record ClientAccount(User user, String password, String token, PlatformClient client) {

	/**
	 * Returns the same account with a client that retries.
	 * @param retryPolicy when and for how long the client retries
	 * @return the account
	 */
	public ClientAccount withRetryPolicy(RetryPolicy retryPolicy) {
		return new ClientAccount(this.user, this.password, this.token, this.client.withRetryPolicy(retryPolicy));
	}

	public long id() {
		return this.user.id();
	}

	public String email() {
		return this.user.email();
	}

}
