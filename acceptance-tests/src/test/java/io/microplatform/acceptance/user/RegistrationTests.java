package io.microplatform.acceptance.user;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.stream.Stream;

import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.client.User;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.JsonBody;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static io.microplatform.lab.platform.TargetPlatform.freshEmail;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class RegistrationTests {

	private static final long MAX_ID = 1L << 53;

	private static final String PASSWORD = "long enough";

	private final PlatformClient guest;

	RegistrationTests(TargetPlatform platform) {
		this.guest = platform.guest();
	}

	@Test
	void returnsTheNewUserAndItsLocation() {
		String email = freshEmail("Ann");
		Reply reply = this.guest.register("Ann Smith", email, PASSWORD);
		assertThat(reply).isJson(201).hasExactlyMembers("id", "name", "email");
		User user = reply.as(User.class);
		assertThat(user.name()).isEqualTo("Ann Smith");
		assertThat(user.email()).isEqualTo(email);
		assertThat(user.id()).isBetween(1L, MAX_ID - 1);
		assertThat(reply.header("Location")).contains("/users/" + user.id());
	}

	@Test
	void returnsARelativeLocationForAnyForwardedHost() {
		JsonBody body = registration("Ann", freshEmail("ann"), PASSWORD);
		Reply reply = this.guest.send(this.guest.request("/users")
			.header("Content-Type", "application/json")
			.header("X-Forwarded-Host", "evil.example")
			.header("X-Forwarded-Prefix", "/evil")
			.header("Forwarded", "host=evil.example")
			.POST(BodyPublishers.ofString(body.toString())));
		assertThat(reply).isJson(201);
		assertThat(reply.header("Location").orElse("")).matches("/users/\\d+");
	}

	@Test
	void rejectsAnEmailThatDiffersOnlyInCase() {
		String email = freshEmail("Ann");
		assertThat(this.guest.register("Ann", email, PASSWORD)).isJson(201);
		assertThat(this.guest.register("Eve", email, PASSWORD)).isProblem(409);
		assertThat(this.guest.register("Eve", email.toUpperCase(Locale.ROOT), PASSWORD)).isProblem(409);
		assertThat(this.guest.register("Eve", email.toLowerCase(Locale.ROOT), PASSWORD)).isProblem(409);
	}

	@Test
	void ignoresUnknownMembers() {
		JsonBody body = registration("Ann", freshEmail("ann"), PASSWORD).with("id", "1")
			.with("creditLimit", "1000000.00")
			.with("role", "\"ADMIN\"");
		assertThat(this.guest.post("/users", body.toString())).isJson(201).hasExactlyMembers("id", "name", "email");
	}

	@ParameterizedTest
	@ValueSource(strings = { "A", "Zoë O'Brien-Ångström", "王小明", "Ann 🦊", "Robert'); drop table users;--",
			"<b>Ann</b>", "12345678901234567890123456789012345678901234567890" })
	void keepsTheNameUnchanged(String name) {
		Reply reply = this.guest.register(name, freshEmail("ann"), PASSWORD);
		assertThat(reply).isJson(201);
		assertThat(reply.as(User.class).name()).isEqualTo(name);
	}

	@ParameterizedTest
	@MethodSource
	void acceptsPasswordsOf8To72Bytes(String password) {
		String email = freshEmail("ann");
		assertThat(this.guest.register("Ann", email, password)).isJson(201);
		assertThat(this.guest.login(email, password)).isJson(200);
	}

	static Stream<String> acceptsPasswordsOf8To72Bytes() {
		return Stream.of("12345678", "ää1234", "x".repeat(72), "ä".repeat(36), "🦊".repeat(18));
	}

	@Test
	void acceptsEmailsOf254Characters() {
		String local = freshEmail("").substring(1, 37);
		String label = "x".repeat(63) + ".";
		String domain = label.repeat(3) + "x".repeat(254 - local.length() - 1 - 3 * label.length() - 4) + ".org";
		String email = local + "@" + domain;
		assertThat(email).hasSize(254);
		Reply reply = this.guest.register("Ann", email, PASSWORD);
		assertThat(reply).isJson(201);
		assertThat(reply.as(User.class).email()).isEqualTo(email);
	}

	static JsonBody registration(String name, String email, String password) {
		return JsonBody.empty().withText("name", name).withText("email", email).withText("password", password);
	}

}
