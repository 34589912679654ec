package io.microplatform.user;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limit of failed logins as clients see it, from an address that the gateway names.
 */
@ServiceTest
class LoginLimitTests {

	private static final int FAILURES = 10;

	private final UserClient users;

	LoginLimitTests(@LocalServerPort int port) {
		this.users = new UserClient(port);
	}

	@Test
	void afterTooManyFailuresTheRightPasswordIsRefusedThereAndAcceptedElsewhere() {
		Person ann = this.users.person();
		String address = address();
		for (int i = 0; i < FAILURES; i++) {
			assertThat(login(ann, "wrong horse", address).status()).isEqualTo(401);
		}
		Answer refused = login(ann, UserClient.PASSWORD, address);
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.body().get("type").asString()).isEqualTo("/problems/too-many-requests");
		assertThat(refused.body().get("detail").asString()).startsWith("Too many failed logins. Try again in ");
		assertThat(refused.headers().getFirst(HttpHeaders.RETRY_AFTER)).matches("[1-9][0-9]*");
		assertThat(login(ann, UserClient.PASSWORD, address()).status()).isEqualTo(200);
		assertThat(this.users.login(ann.email(), UserClient.PASSWORD).status()).isEqualTo(200);
	}

	private Answer login(Person person, String password, String address) {
		return this.users.call(HttpMethod.POST, "/login", "",
				"{\"email\":\"%s\",\"password\":\"%s\"}".formatted(person.email(), password),
				"X-Forwarded-For: " + address);
	}

	private static String address() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return String.format(Locale.ROOT, "10.%d.%d.%d", random.nextInt(256), random.nextInt(256), random.nextInt(256));
	}

}
