package io.microplatform.acceptance.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.OrdersPage;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.TargetPlatform;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class OrderListTests {

	private static final int ORDERS = 25;

	private final TargetPlatform platform;

	private final ClientAccount ann;

	private final List<Long> newestFirst;

	OrderListTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
		this.newestFirst = IntStream.range(0, ORDERS)
			.mapToObj((index) -> Orders.place(this.ann, "0.01").id())
			.sorted(Comparator.reverseOrder())
			.toList();
	}

	@Test
	void isEmptyForANewUser() {
		Reply reply = this.platform.signUp("Bob").client().orders("");
		assertThat(reply).isJson(200).hasExactlyMembers("items", "nextCursor");
		assertThat(reply.body()).isEqualTo("{\"items\":[],\"nextCursor\":null}");
	}

	@Test
	void showsTheNewest20ByDefault() {
		OrdersPage page = page("");
		assertThat(ids(page)).isEqualTo(this.newestFirst.subList(0, 20));
		assertThat(page.nextCursor()).isNotBlank();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 24, 25, 26, 100 })
	void limitsTheNumberOfOrders(int limit) {
		OrdersPage page = page("limit=" + limit);
		assertThat(ids(page)).isEqualTo(this.newestFirst.subList(0, Math.min(limit, ORDERS)));
		assertThat(page.nextCursor() == null).isEqualTo(limit >= ORDERS);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 7, 12 })
	void cursorsLeadThroughAllPages(int limit) {
		List<Long> seen = new ArrayList<>();
		@Nullable String cursor = null;
		do {
			OrdersPage page = page(
					String.format(Locale.ROOT, "limit=%d%s", limit, (cursor != null) ? "&cursor=" + cursor : ""));
			assertThat(page.items()).hasSizeBetween(1, limit);
			seen.addAll(ids(page));
			cursor = page.nextCursor();
		}
		while (cursor != null);
		assertThat(seen).isEqualTo(this.newestFirst);
	}

	@Test
	void showsNoOrderTwiceWhenOrdersArePlacedBetweenPages() {
		ClientAccount bob = this.platform.signUp("Bob");
		List<Long> old = IntStream.range(0, 3).mapToObj((index) -> Orders.place(bob, "0.01").id()).toList();
		OrdersPage first = bob.client().orders("limit=2").expect(200).as(OrdersPage.class);
		Orders.place(bob, "0.01");
		OrdersPage second = bob.client()
			.orders("limit=2&cursor=" + first.nextCursor())
			.expect(200)
			.as(OrdersPage.class);
		assertThat(ids(first)).containsExactly(old.get(2), old.get(1));
		assertThat(ids(second)).containsExactly(old.get(0));
		assertThat(second.nextCursor()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1", "101", "1.5", "abc", "99999999999", "99999999999999999999", "1e1", "NaN", "%20",
			"1;2" })
	void rejectsInvalidLimits(String limit) {
		assertThat(this.ann.client().orders("limit=" + limit)).isProblem(400).namesField("limit");
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage", "1", "%F0%9F%A6%8A", "AAAA%3D%3D%3D%3D", "-", "..%2f..%2f",
			"%27%20or%201%3D1--", "eyJhIjoxfQ" })
	void rejectsInvalidCursors(String cursor) {
		assertThat(this.ann.client().orders("cursor=" + cursor)).isProblem(400).namesField("cursor");
	}

	@Test
	void filtersByStatus() {
		ClientAccount bob = this.platform.signUp("Bob");
		long kept = Orders.decided(bob, Orders.place(bob, "0.01")).id();
		long cancelled = bob.client().cancelOrder(Orders.place(bob, "0.01").id()).expect(200).as(Order.class).id();
		assertThat(ids(bob, "status=CONFIRMED")).containsExactly(kept);
		assertThat(ids(bob, "status=CANCELLED")).containsExactly(cancelled);
		assertThat(ids(bob, "status=REJECTED")).isEmpty();
	}

	@Test
	void filtersByTime() {
		List<Order> all = page("limit=100").items();
		Instant begin = all.get(19).createdAt();
		Instant end = all.get(9).createdAt();
		assertThat(ids(page("from=" + begin + "&to=" + end))).isEqualTo(this.newestFirst.subList(10, 20));
		OrdersPage part = page("limit=6&from=" + begin + "&to=" + end);
		assertThat(ids(page("limit=6&from=%s&to=%s&cursor=%s".formatted(begin, end, part.nextCursor()))))
			.isEqualTo(this.newestFirst.subList(16, 20));
		assertThat(ids(page("from=" + end + "&to=" + end))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "status=OPEN, status", "status=confirmed, status", "status=PENDING%2CCONFIRMED, status",
			"from=yesterday, from", "from=2026-11-24, from", "to=2026-11-24T12:00:00%2B01:00, to",
			"to=%2B999999999-12-31T23:59:59Z, to", "to=2026-02-30T00:00:00Z, to",
			"from=2026-11-24T12:00:00.001Z&to=2026-11-24T12:00:00Z, from",
			"from=2026-11-24T12:00:00Z&from=2026-11-24T12:00:00Z, from" })
	void rejectsInvalidFilters(String query, String field) {
		assertThat(this.ann.client().orders(query)).isProblem(400).namesField(field);
	}

	private static List<Long> ids(ClientAccount account, String query) {
		return ids(account.client().orders(query).expect(200).as(OrdersPage.class));
	}

	private OrdersPage page(String query) {
		Reply reply = this.ann.client().orders(query);
		assertThat(reply).isJson(200).hasExactlyMembers("items", "nextCursor");
		return reply.as(OrdersPage.class);
	}

	private static List<Long> ids(OrdersPage page) {
		return page.items().stream().map(Order::id).toList();
	}

}
