package io.microplatform.user.credit;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import io.microplatform.starter.test.Crashes;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.Topics;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process dies between any two steps of what it does about an order's event, and then
 * the event is delivered again.
 */
@ServiceTest
@Import(Crashes.class)
class CreditCrashTests {

	/**
	 * Before the inbox, the user's row, the answer before, the answer, the event, the
	 * commit, and after it.
	 */
	private static final int FEWEST_STEPS = 7;

	private final CreditBooks ann;

	private final Consumer<Message<byte[]>> orderEvents;

	CreditCrashTests(JdbcClient jdbc, Consumer<Message<byte[]>> orderEvents) {
		this.ann = new CreditBooks(jdbc, "1000.00");
		this.orderEvents = orderEvents;
	}

	@Test
	void creditIsReservedOnceForEachOrder() {
		int orders = crashInEveryStep((order) -> {
		}, "order.created", "10.00");
		assertThat(this.ann.reservations()).hasSize(orders);
		assertAnswers(orders, "credit.reserved");
	}

	@Test
	void anOrderIsRefusedOnce() {
		int orders = crashInEveryStep((order) -> {
		}, "order.created", "1000.01");
		assertThat(this.ann.reservations()).isEmpty();
		assertAnswers(orders, "credit.refused");
	}

	@Test
	void creditIsGivenBackOnceForEachOrder() {
		int orders = crashInEveryStep((order) -> apply("order.created", order, "10.00"), "order.cancelled", "10.00");
		assertThat(this.ann.reservations()).isEmpty();
		assertThat(this.ann.available()).isEqualTo("1000.00");
		assertAnswers(orders, "credit.reserved", "credit.released");
	}

	@Test
	void anOrderThatWasCancelledFirstIsClosedOnce() {
		int orders = crashInEveryStep((order) -> {
		}, "order.cancelled", "10.00");
		assertThat(this.ann.available()).isEqualTo("1000.00");
		assertAnswers(orders, "credit.released");
	}

	/**
	 * Delivers an event of one order after the other, crashes at the first step, then at
	 * the second one and so on, and delivers it again.
	 * @return how many orders it took to come to the end without a crash
	 */
	private int crashInEveryStep(LongConsumer before, String type, String amount) {
		int orders = 0;
		boolean crashed = true;
		while (crashed) {
			orders++;
			long order = CreditBooks.newOrder();
			before.accept(order);
			Message<byte[]> event = this.ann.event(type, order, amount);
			crashed = Crashes.at(orders, () -> this.orderEvents.accept(event));
			this.ann.assertBalanced();
			this.orderEvents.accept(event);
			this.ann.assertBalanced();
		}
		assertThat(orders).isGreaterThan(FEWEST_STEPS);
		return orders;
	}

	/** These answers for each of the orders, and no others up to now. */
	private void assertAnswers(int orders, String... types) {
		apply("order.created", CreditBooks.newOrder(), "999999.00");
		List<String> expected = Stream
			.concat(Stream.generate(() -> List.of(types)).limit(orders), Stream.of(List.of("credit.refused")))
			.flatMap(List::stream)
			.toList();
		assertThat(this.ann.answers(expected.size())).extracting((answer) -> Topics.header(answer, "ce_type"))
			.isEqualTo(expected);
	}

	private void apply(String type, long order, String amount) {
		this.orderEvents.accept(this.ann.event(type, order, amount));
	}

}
