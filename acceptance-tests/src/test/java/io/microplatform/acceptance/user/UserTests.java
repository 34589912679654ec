package io.microplatform.acceptance.user;

import java.math.BigDecimal;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.client.User;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class UserTests {

	private static final BigDecimal LIMIT = new BigDecimal("1000.00");

	private final ClientAccount ann;

	UserTests(TargetPlatform platform) {
		this.ann = platform.signUp("Ann");
	}

	@Test
	void returnsTheCaller() {
		Reply reply = this.ann.client().me();
		assertThat(reply).isJson(200)
			.hasExactlyMembers("id", "name", "email", "creditLimit", "creditAvailable")
			.hasText("\"creditLimit\":1000.00")
			.hasText("\"creditAvailable\":1000.00");
		assertThat(reply.as(User.class))
			.isEqualTo(new User(this.ann.id(), this.ann.user().name(), this.ann.email(), LIMIT, LIMIT));
	}

	@Test
	void returnsTheSameUserByIdAndFromTheCache() {
		Reply me = this.ann.client().me();
		Reply first = this.ann.client().user(this.ann.id());
		Reply second = this.ann.client().user(this.ann.id());
		assertThat(first).isJson(200);
		assertThat(first.body()).isEqualTo(me.body());
		assertThat(second.body()).isEqualTo(me.body());
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "-1", "0", "1.5", "1e3", "99999999999999999999", "9223372036854775807", "%31abc",
			"%00", "%F0%9F%A6%8A", "1;a=b", "1%2f2", "null", "-" })
	void rejectsInvalidIds(String id) {
		assertThat(this.ann.client().get("/users/" + id)).isProblem(400, 404);
	}

}
