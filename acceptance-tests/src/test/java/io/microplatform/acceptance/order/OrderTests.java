package io.microplatform.acceptance.order;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class OrderTests {

	private final ClientAccount ann;

	OrderTests(TargetPlatform platform) {
		this.ann = platform.signUp("Ann");
	}

	@Test
	void isIdenticalFromTheDatabaseTheCacheAndTheList() {
		Order order = Orders.decided(this.ann, Orders.place(this.ann, "0.01"));
		Reply first = this.ann.client().order(order.id());
		Reply second = this.ann.client().order(order.id());
		assertThat(first).isJson(200);
		assertThat(second.body()).isEqualTo(first.body());
		assertThat(this.ann.client().orders("limit=1")).isJson(200).hasText(first.body());
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "-1", "0", "1.5", "1e3", "99999999999999999999", "9223372036854775807", "%31abc",
			"%00", "%F0%9F%A6%8A", "1;a=b", "1%2f2", "null", "-" })
	void rejectsInvalidIds(String id) {
		assertThat(this.ann.client().get("/orders/" + id)).isProblem(400, 404);
	}

}
