package io.microplatform.acceptance.isolation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.OrdersPage;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class IsolationTests {

	/** An id below 2^53 that is larger than that of any order or user. */
	private static final long UNKNOWN_ID = (1L << 53) - 1;

	private final TargetPlatform platform;

	private final ClientAccount ann;

	private final ClientAccount bob;

	private final List<Long> annsOrders;

	private final List<Long> bobsOrders;

	IsolationTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
		this.bob = platform.signUp("Bob");
		this.annsOrders = Stream.of("ann 1", "ann 2", "ann 3").map((product) -> place(this.ann, product)).toList();
		this.bobsOrders = Stream.of("bob 1", "bob 2", "bob 3").map((product) -> place(this.bob, product)).toList();
	}

	@ParameterizedTest
	@MethodSource("bothWays")
	void doesNotRevealOtherUsers(Pair pair) {
		assertThat(pair.victim().client().user(pair.victim().id())).isJson(200);
		Reply foreign = pair.attacker().client().user(pair.victim().id());
		Reply unknown = pair.attacker().client().user(UNKNOWN_ID);
		assertIndistinguishable(foreign, unknown);
		assertThat(pair.victim().client().user(pair.victim().id())).isJson(200);
	}

	@ParameterizedTest
	@MethodSource("bothWays")
	void doesNotRevealOrdersOfOtherUsers(Pair pair) {
		for (long id : pair.victimsOrders()) {
			Reply foreign = pair.attacker().client().order(id);
			// This read fills the cache.
			assertThat(pair.victim().client().order(id)).isJson(200);
			Reply foreignFromCache = pair.attacker().client().order(id);
			Reply unknown = pair.attacker().client().order(UNKNOWN_ID);
			assertIndistinguishable(foreign, unknown);
			assertIndistinguishable(foreignFromCache, unknown);
		}
	}

	@ParameterizedTest
	@MethodSource("bothWays")
	void doesNotCancelOrdersOfOtherUsers(Pair pair) {
		Reply unknown = pair.attacker().client().cancelOrder(UNKNOWN_ID);
		for (long id : pair.victimsOrders()) {
			assertIndistinguishable(pair.attacker().client().cancelOrder(id), unknown);
			assertThat(pair.victim().client().order(id).json().path("status").asString()).isIn("PENDING", "CONFIRMED");
		}
	}

	@ParameterizedTest
	@MethodSource("bothWays")
	void showsOnlyTheCallersOwnData(Pair pair) {
		assertThat(pair.attacker().client().me().json().path("email").asString()).isEqualTo(pair.attacker().email());
		assertThat(ids(pair.attacker(), "limit=100")).doesNotContainAnyElementsOf(pair.victimsOrders()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "userId=%d", "user_id=%d", "user=%d", "limit=100&userId=%d", "userId=%d&userId=%<d" })
	void doesNotListOrdersOfOtherUsers(String query) {
		Reply reply = this.bob.client().orders(String.format(Locale.ROOT, query, this.ann.id()));
		if (reply.status() != 200) {
			assertThat(reply).isProblem(400, 403, 404);
			return;
		}
		assertThat(ids(reply)).doesNotContainAnyElementsOf(this.annsOrders);
	}

	@Test
	void ignoresCursorsOfOtherUsers() {
		String cursor = Objects
			.requireNonNull(this.ann.client().orders("limit=1").expect(200).as(OrdersPage.class).nextCursor());
		Reply reply = this.bob.client().orders("limit=100&cursor=" + cursor);
		if (reply.status() != 200) {
			assertThat(reply).isProblem(400);
			return;
		}
		assertThat(this.bobsOrders).containsAll(ids(reply));
	}

	@Test
	void doesNotPlaceOrdersForOtherUsers() {
		String body = String.format(Locale.ROOT,
				"{\"product\":\"gift\",\"amount\":0.01,\"userId\":%d,\"user\":{\"id\":%<d}}", this.ann.id());
		ClientAccount eve = this.platform.signUp("Eve");
		assertThat(eve.client().post("/orders?userId=" + this.ann.id(), body)).isJson(201);
		assertThat(ids(eve, "")).hasSize(1);
		assertThat(ids(this.ann, "limit=100")).containsExactlyInAnyOrderElementsOf(this.annsOrders);
	}

	@Test
	void rejectsThePasswordOfAnotherUser() {
		Reply reply = this.bob.client().login(this.ann.email(), this.bob.password());
		assertThat(reply).isProblem(401);
	}

	@Test
	void doesNotUseTheCreditOfOtherUsers() {
		assertThat(this.ann.client().me().json().path("creditAvailable").decimalValue())
			.isGreaterThanOrEqualTo(new BigDecimal("999.97"));
	}

	Stream<Pair> bothWays() {
		return Stream.of(new Pair(this.ann, this.bob, this.bobsOrders), new Pair(this.bob, this.ann, this.annsOrders));
	}

	private static void assertIndistinguishable(Reply foreign, Reply unknown) {
		assertThat(foreign).isProblem(404);
		assertThat(unknown).isProblem(404);
		for (String member : new String[] { "type", "title", "detail" }) {
			assertThat(foreign.json().path(member)).isEqualTo(unknown.json().path(member));
		}
	}

	private static long place(ClientAccount account, String product) {
		return account.client().placeOrder(product, new BigDecimal("0.01")).expect(201).as(Order.class).id();
	}

	private static List<Long> ids(ClientAccount account, String query) {
		return ids(account.client().orders(query).expect(200));
	}

	private static List<Long> ids(Reply page) {
		return page.as(OrdersPage.class).items().stream().map(Order::id).toList();
	}

	/**
	 * An attacker and a victim.
	 *
	 * @param attacker the user that tries to access the data
	 * @param victim the owner of the data
	 * @param victimsOrders the ids of the victim's orders
	 */
	record Pair(ClientAccount attacker, ClientAccount victim, List<Long> victimsOrders) {

		@Override
		public String toString() {
			return this.attacker.user().name() + " accesses data of " + this.victim.user().name();
		}

	}

}
