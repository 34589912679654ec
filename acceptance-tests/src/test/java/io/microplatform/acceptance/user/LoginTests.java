package io.microplatform.acceptance.user;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.microplatform.lab.client.AccessToken;
import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.PlatformClient;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.BadField;
import io.microplatform.acceptance.fixture.BadValue;
import io.microplatform.acceptance.fixture.JsonBody;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static io.microplatform.lab.platform.TargetPlatform.freshEmail;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class LoginTests {

	private final PlatformClient guest;

	private final ClientAccount ann;

	private final JsonBody good;

	LoginTests(TargetPlatform platform) {
		this.guest = platform.guest();
		this.ann = platform.signUp("Ann");
		this.good = JsonBody.empty().withText("email", this.ann.email()).withText("password", this.ann.password());
	}

	@Test
	void returnsAValidToken() {
		Reply reply = this.guest.login(this.ann.email(), this.ann.password());
		assertThat(reply).isJson(200).hasExactlyMembers("access_token", "token_type", "expires_in");
		AccessToken token = reply.as(AccessToken.class);
		assertThat(token.type()).isEqualTo("Bearer");
		assertThat(token.expiresIn()).isPositive();
		assertThat(reply.header("Cache-Control").orElse("")).contains("no-store");
		assertThat(this.guest.withToken(token.value()).me()).isJson(200);
	}

	@Test
	void ignoresTheCaseOfTheEmail() {
		assertThat(this.guest.login(this.ann.email().toUpperCase(Locale.ROOT), this.ann.password())).isJson(200);
	}

	@Test
	void doesNotRevealWhetherTheEmailOrThePasswordIsWrong() {
		Reply wrongPassword = this.guest.login(this.ann.email(), this.ann.password() + "!");
		Reply unknownEmail = this.guest.login(freshEmail("unknown"), this.ann.password());
		assertThat(wrongPassword).isProblem(401);
		assertThat(unknownEmail).isProblem(401);
		assertThat(unknownEmail.json().path("detail")).isEqualTo(wrongPassword.json().path("detail"));
		assertThat(unknownEmail.json().path("type")).isEqualTo(wrongPassword.json().path("type"));
	}

	@Test
	void requiresTheCaseOfThePassword() {
		assertThat(this.guest.login(this.ann.email(), this.ann.password().toUpperCase(Locale.ROOT))).isProblem(401);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void rejectsValuesThatAreNotStrings(BadField bad) {
		assertThat(this.guest.post("/login", bad.in(this.good))).isProblem(400).namesField(bad.field());
	}

	static Stream<BadField> rejectsValuesThatAreNotStrings() {
		List<BadValue> values = Stream
			.concat(BadValue.ofAnyRequiredField(),
					BadValue.ofAnyString().filter((value) -> !value.json().startsWith("\"")))
			.toList();
		return Stream.concat(BadField.each("email", values), BadField.each("password", values));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void rejectsImpossibleValues(BadField bad) {
		assertThat(this.guest.post("/login", bad.in(this.good))).isProblem(400, 401);
	}

	static Stream<BadField> rejectsImpossibleValues() {
		List<BadValue> values = Stream
			.of(BadValue.ofAnyLine(), BadValue.ofAnyString().filter((value) -> value.json().startsWith("\"")),
					Stream.of(BadValue.ofLength(73), BadValue.ofLength(255), BadValue.ofLength(20_000)))
			.flatMap((some) -> some)
			.toList();
		return Stream.concat(BadField.each("email", values), BadField.each("password", values));
	}

}
