package io.microplatform.acceptance.isolation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

import io.microplatform.acceptance.client.Account;
import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.OrdersPage;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.platform.PrivatePlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class IsolationTests {

	/** Below 2^53, and beyond what any test makes. */
	private static final long NOBODYS_ID = (1L << 53) - 1;

	private final PrivatePlatform platform;

	private final Account ann;

	private final Account bob;

	private final List<Long> annsOrders;

	private final List<Long> bobsOrders;

	IsolationTests(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
		this.bob = platform.signUp("Bob");
		this.annsOrders = Stream.of("ann 1", "ann 2", "ann 3").map((product) -> place(this.ann, product)).toList();
		this.bobsOrders = Stream.of("bob 1", "bob 2", "bob 3").map((product) -> place(this.bob, product)).toList();
	}

	@ParameterizedTest
	@MethodSource("bothWays")
	void hidesUsersAsIfTheyDidNotExist(Pair pair) {
		assertThat(pair.victim().client().user(pair.victim().id())).isJson(200);
		Reply others = pair.thief().client().user(pair.victim().id());
		Reply nobodys = pair.thief().client().user(NOBODYS_ID);
		assertIndistinguishable(others, nobodys);
		assertThat(pair.victim().client().user(pair.victim().id())).isJson(200);
	}

	@ParameterizedTest
	@MethodSource("bothWays")
	void hidesOrdersAsIfTheyDidNotExist(Pair pair) {
		for (long id : pair.victimsOrders()) {
			Reply others = pair.thief().client().order(id);
			// Now it is in the cache.
			assertThat(pair.victim().client().order(id)).isJson(200);
			Reply othersFromCache = pair.thief().client().order(id);
			Reply nobodys = pair.thief().client().order(NOBODYS_ID);
			assertIndistinguishable(others, nobodys);
			assertIndistinguishable(othersFromCache, nobodys);
		}
	}

	@ParameterizedTest
	@MethodSource("bothWays")
	void cancelsNobodyElsesOrders(Pair pair) {
		Reply nobodys = pair.thief().client().cancelOrder(NOBODYS_ID);
		for (long id : pair.victimsOrders()) {
			assertIndistinguishable(pair.thief().client().cancelOrder(id), nobodys);
			assertThat(pair.victim().client().order(id).json().path("status").asString()).isIn("PENDING", "CONFIRMED");
		}
	}

	@ParameterizedTest
	@MethodSource("bothWays")
	void showsOnlyOnesOwn(Pair pair) {
		assertThat(pair.thief().client().me().json().path("email").asString()).isEqualTo(pair.thief().email());
		assertThat(ids(pair.thief(), "limit=100")).doesNotContainAnyElementsOf(pair.victimsOrders()).hasSize(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "userId=%d", "user_id=%d", "user=%d", "limit=100&userId=%d", "userId=%d&userId=%<d" })
	void doesNotListForSomebodyElse(String query) {
		Reply reply = this.bob.client().orders(String.format(Locale.ROOT, query, this.ann.id()));
		if (reply.status() != 200) {
			assertThat(reply).isProblem(400, 403, 404);
			return;
		}
		assertThat(ids(reply)).doesNotContainAnyElementsOf(this.annsOrders);
	}

	@Test
	void makesCursorsOfOthersUseless() {
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
	void placesOrdersForNobodyElse() {
		String body = String.format(Locale.ROOT,
				"{\"product\":\"gift\",\"amount\":0.01,\"userId\":%d,\"user\":{\"id\":%<d}}", this.ann.id());
		Account eve = this.platform.signUp("Eve");
		assertThat(eve.client().post("/orders?userId=" + this.ann.id(), body)).isJson(201);
		assertThat(ids(eve, "")).hasSize(1);
		assertThat(ids(this.ann, "limit=100")).containsExactlyInAnyOrderElementsOf(this.annsOrders);
	}

	@Test
	void letsNobodyInWithSomebodyElsesPassword() {
		Reply reply = this.bob.client().login(this.ann.email(), this.bob.password());
		assertThat(reply).isProblem(401);
	}

	@Test
	void leavesTheCreditOfOthersAlone() {
		assertThat(this.ann.client().me().json().path("creditAvailable").decimalValue())
			.isGreaterThanOrEqualTo(new BigDecimal("999.97"));
	}

	Stream<Pair> bothWays() {
		return Stream.of(new Pair(this.ann, this.bob, this.bobsOrders), new Pair(this.bob, this.ann, this.annsOrders));
	}

	private static void assertIndistinguishable(Reply others, Reply nobodys) {
		assertThat(others).isProblem(404);
		assertThat(nobodys).isProblem(404);
		for (String member : new String[] { "type", "title", "detail" }) {
			assertThat(others.json().path(member)).isEqualTo(nobodys.json().path(member));
		}
	}

	private static long place(Account account, String product) {
		return account.client().placeOrder(product, new BigDecimal("0.01")).expect(201).as(Order.class).id();
	}

	private static List<Long> ids(Account account, String query) {
		return ids(account.client().orders(query).expect(200));
	}

	private static List<Long> ids(Reply page) {
		return page.as(OrdersPage.class).items().stream().map(Order::id).toList();
	}

	/**
	 * Somebody who tries to see what is somebody else's.
	 *
	 * @param thief who tries
	 * @param victim whose it is
	 * @param victimsOrders the orders of the victim
	 */
	record Pair(Account thief, Account victim, List<Long> victimsOrders) {

		@Override
		public String toString() {
			return this.thief.user().name() + " looks for what is " + this.victim.user().name() + "'s";
		}

	}

}
