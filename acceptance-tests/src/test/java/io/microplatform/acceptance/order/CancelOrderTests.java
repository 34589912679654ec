package io.microplatform.acceptance.order;

import java.math.BigDecimal;
import java.util.Objects;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.Reply;
import io.microplatform.lab.client.User;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@AcceptanceTest
class CancelOrderTests {

	private final TargetPlatform platform;

	private final ClientAccount ann;

	CancelOrderTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	@Test
	void releasesTheReservedCredit() {
		ClientAccount bob = this.platform.signUp("Bob");
		Order confirmed = Orders.decided(bob, Orders.place(bob, "249.90"));
		assertThat(available(bob)).isEqualTo("750.10");
		Reply reply = bob.client().cancelOrder(confirmed.id());
		assertThat(reply).isJson(200).hasExactlyMembers(Orders.MEMBERS);
		Order cancelled = reply.as(Order.class);
		assertThat(cancelled).isEqualTo(new Order(confirmed.id(), confirmed.product(), confirmed.amount(), "CANCELLED",
				null, confirmed.createdAt(), cancelled.updatedAt()));
		assertThat(cancelled.updatedAt()).isAfter(confirmed.updatedAt());
		assertThat(bob.client().order(confirmed.id()).body()).isEqualTo(reply.body());
		await().untilAsserted(() -> assertThat(available(bob)).isEqualTo("1000.00"));
	}

	@Test
	void mayPrecedeTheReservation() {
		ClientAccount bob = this.platform.signUp("Bob");
		for (int i = 0; i < 10; i++) {
			Order placed = Orders.place(bob, "100.00");
			assertThat(bob.client().cancelOrder(placed.id())).isJson(200).hasText("\"status\":\"CANCELLED\"");
		}
		// Events of one user are processed in order.
		assertThat(Orders.decided(bob, Orders.place(bob, "1000.00")).status()).isEqualTo("CONFIRMED");
		assertThat(available(bob)).isEqualTo("0.00");
	}

	@Test
	void mayBeRepeated() {
		Order placed = Orders.place(this.ann, "0.01");
		Reply first = this.ann.client().cancelOrder(placed.id());
		Reply second = this.ann.client().cancelOrder(placed.id());
		assertThat(first).isJson(200);
		assertThat(second).isJson(200);
		assertThat(second.body()).isEqualTo(first.body());
	}

	@Test
	void isRejectedForARejectedOrder() {
		Order rejected = Orders.decided(this.ann, Orders.place(this.ann, "1000.01"));
		Reply reply = this.ann.client().cancelOrder(rejected.id());
		assertThat(reply).isProblem(409).hasText("/problems/conflict");
		assertThat(Orders.decided(this.ann, rejected)).isEqualTo(rejected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "-1", "0", "1.5", "1e3", "99999999999999999999", "9223372036854775807", "%31abc",
			"%00", "%F0%9F%A6%8A", "1;a=b", "1%2f2", "null", "-" })
	void rejectsInvalidIds(String id) {
		assertThat(this.ann.client().post("/orders/" + id + "/cancel", "{}")).isProblem(400, 404);
	}

	@Test
	void isRejectedWithoutAToken() {
		Order placed = Orders.place(this.ann, "0.01");
		assertThat(this.platform.guest().cancelOrder(placed.id())).isUnauthorized();
	}

	private static BigDecimal available(ClientAccount account) {
		return Objects.requireNonNull(account.client().me().expect(200).as(User.class).creditAvailable());
	}

}
