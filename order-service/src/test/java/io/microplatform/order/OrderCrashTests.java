package io.microplatform.order;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.Crashes;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process dies between any two steps of a change of an order, and then a client does
 * again what was not finished: the client, the topic, or the next look for unanswered
 * orders.
 */
@ServiceTest
@Import({ TestTokens.class, Crashes.class })
class OrderCrashTests {

	/** Before the order, before its event, before the commit and after it. */
	private static final int FEWEST_STEPS = 4;

	private final OrderClient ann;

	private final OrderService orders;

	private final Consumer<Message<byte[]>> creditEvents;

	private final JdbcClient jdbc;

	OrderCrashTests(@LocalServerPort int port, TokenProperties tokens, OrderService orders,
			Consumer<Message<byte[]>> creditEvents, JdbcClient jdbc) {
		this.ann = OrderClient.somebodyNew(port, tokens);
		this.orders = orders;
		this.creditEvents = creditEvents;
		this.jdbc = jdbc;
	}

	@Test
	void anOrderIsPlacedWithItsEventOrNotAtAll() {
		PlaceOrderRequest request = new PlaceOrderRequest("tea", BigDecimal.TEN);
		int step = 1;
		while (Crashes.at(step, () -> this.orders.place(this.ann.user(), request))) {
			step++;
		}
		assertThat(step).isGreaterThan(FEWEST_STEPS);
		// One whose client did not learn of it, and the one for which nothing crashed.
		assertThat(this.ann.list("limit=100")).hasSize(2);
		assertEvents(2, "order.created");
	}

	@ParameterizedTest
	@CsvSource({ "credit.reserved, CONFIRMED, order.confirmed", "credit.refused, REJECTED, order.rejected" })
	void anAnswerThatIsDeliveredAgainCountsOnce(String answer, String status, String event) {
		int orders = 0;
		boolean crashed = true;
		while (crashed) {
			orders++;
			long id = this.ann.place();
			Message<byte[]> message = message(answer, id);
			crashed = Crashes.at(orders, () -> this.creditEvents.accept(message));
			this.creditEvents.accept(message);
			assertThat(this.ann.status(id)).isEqualTo(status);
		}
		assertThat(orders).isGreaterThan(FEWEST_STEPS);
		assertEvents(orders, "order.created", event);
	}

	@Test
	void aCancelThatIsSentAgainCountsOnce() {
		int orders = 0;
		boolean crashed = true;
		while (crashed) {
			orders++;
			long id = this.ann.place();
			assertThat(this.ann.status(id)).isEqualTo("PENDING");
			crashed = Crashes.at(orders, () -> this.orders.cancel(id, this.ann.user()));
			assertThat(this.ann.cancel(id).status()).isEqualTo(200);
			// Not what the cache had of it, although the eviction died with the process.
			assertThat(this.ann.status(id)).isEqualTo("CANCELLED");
		}
		assertThat(orders).isGreaterThan(FEWEST_STEPS);
		assertEvents(orders, "order.created", "order.cancelled");
	}

	@Test
	void aReleaseThatIsDeliveredAgainIsNotWaitedForAnyMore() {
		int orders = 0;
		boolean crashed = true;
		while (crashed) {
			orders++;
			long id = this.ann.place();
			this.ann.cancel(id);
			Message<byte[]> message = message("credit.released", id);
			crashed = Crashes.at(orders, () -> this.creditEvents.accept(message));
			this.creditEvents.accept(message);
			assertThat(this.jdbc.sql("select count(*) from orders where id = :id and ask_again_at is null")
				.param("id", id)
				.query(Integer.class)
				.single()).isEqualTo(1);
		}
		assertThat(orders).isGreaterThan(FEWEST_STEPS);
		assertEvents(orders, "order.created", "order.cancelled");
	}

	@Test
	void anUnansweredOrderIsAskedAboutOnceMoreAndOnlyOnce() {
		int orders = 0;
		boolean crashed = true;
		while (crashed) {
			orders++;
			long id = this.ann.place();
			this.jdbc.sql("update orders set ask_again_at = now() - interval '1 second' where id = :id")
				.param("id", id)
				.update();
			crashed = Crashes.at(orders, this.orders::askAgain);
			this.orders.askAgain();
		}
		assertThat(orders).isGreaterThan(FEWEST_STEPS);
		assertEvents(orders, "order.created", "order.created");
	}

	/** These events for each of the orders, and no others up to now. */
	private void assertEvents(int orders, String... types) {
		this.ann.cancel(this.ann.place());
		List<String> expected = Stream
			.concat(Stream.generate(() -> List.of(types)).limit(orders),
					Stream.of(List.of("order.created", "order.cancelled")))
			.flatMap(List::stream)
			.toList();
		assertThat(this.ann.events(expected.size())).isEqualTo(expected);
	}

	private static Message<byte[]> message(String type, long id) {
		return MessageBuilder
			.withPayload(String.format(Locale.ROOT, "{\"orderId\":%d}", id).getBytes(StandardCharsets.UTF_8))
			.setHeader("ce_id", UUID.randomUUID().toString())
			.setHeader("ce_type", type)
			.build();
	}

}
