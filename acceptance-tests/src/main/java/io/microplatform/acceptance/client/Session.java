package io.microplatform.acceptance.client;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Somebody who stays logged in: gives a token that still holds for a while, and gets a
 * new one in time. A login that is refused, or not answered, is tried again with the next
 * token that is wanted; until then the one before goes on being used. Thread-safe.
 */
public final class Session implements Supplier<String> {

	private final Supplier<Reply> login;

	private AccessToken token;

	private long renewal;

	private Session(Supplier<Reply> login) {
		this.login = login;
		this.token = login.get().expect(200).as(AccessToken.class);
		this.renewal = renewal();
	}

	/**
	 * Logs in.
	 * @param guest a client without a token
	 * @param email the e-mail address
	 * @param password the password
	 * @return the session
	 * @throws UnexpectedReplyException when the login is refused
	 */
	public static Session open(PlatformClient guest, String email, String password) {
		return new Session(() -> guest.login(email, password));
	}

	@Override
	public synchronized String get() {
		if (System.nanoTime() - this.renewal > 0) {
			renew();
		}
		return this.token.value();
	}

	private void renew() {
		try {
			Reply reply = this.login.get();
			if (reply.status() == 200) {
				this.token = reply.as(AccessToken.class);
				this.renewal = renewal();
			}
		}
		catch (UncheckedIOException ex) {
			// The gateway is away; the token in use has a third of its life left.
		}
	}

	private long renewal() {
		return System.nanoTime() + Duration.ofSeconds(this.token.expiresIn()).toNanos() * 2 / 3;
	}

}
