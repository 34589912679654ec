package io.microplatform.lab.client;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Supplier of valid access tokens for one user. Logs in again when two thirds of a
 * token's lifetime have passed. A failed renewal is repeated at the next call, and the
 * previous token stays in use until then. Thread-safe.
 */
public final class TokenSource implements Supplier<String> {

	private final Supplier<Reply> login;

	private AccessToken token;

	private long renewalTime;

	private TokenSource(Supplier<Reply> login) {
		this.login = login;
		this.token = login.get().expect(200).as(AccessToken.class);
		this.renewalTime = renewalTime();
	}

	/**
	 * Logs in and creates a token source.
	 * @param guest a client without a token, which performs the logins
	 * @param email the e-mail address
	 * @param password the password
	 * @return the token source
	 * @throws UnexpectedReplyException if the login is refused
	 */
	public static TokenSource logIn(PlatformClient guest, String email, String password) {
		return new TokenSource(() -> guest.login(email, password));
	}

	@Override
	public synchronized String get() {
		if (System.nanoTime() - this.renewalTime > 0) {
			renew();
		}
		return this.token.value();
	}

	private void renew() {
		try {
			Reply reply = this.login.get();
			if (reply.status() == 200) {
				this.token = reply.as(AccessToken.class);
				this.renewalTime = renewalTime();
			}
		}
		catch (UncheckedIOException ex) {
			// The current token is valid for another third of its lifetime.
		}
	}

	private long renewalTime() {
		return System.nanoTime() + Duration.ofSeconds(this.token.expiresIn()).toNanos() * 2 / 3;
	}

}
