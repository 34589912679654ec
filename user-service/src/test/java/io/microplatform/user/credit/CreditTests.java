package io.microplatform.user.credit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

@ServiceTest
class CreditTests {

	private static final String CREATED = "order.created";

	private static final String CANCELLED = "order.cancelled";

	private final CreditBooks ann;

	private final Consumer<Message<byte[]>> orderEvents;

	private final JsonMapper json;

	private final long order = CreditBooks.newOrder();

	CreditTests(JdbcClient jdbc, Consumer<Message<byte[]>> orderEvents, JsonMapper json) {
		this.ann = new CreditBooks(jdbc, "100.00");
		this.orderEvents = orderEvents;
		this.json = json;
	}

	@Test
	void aCancelledOrderGivesItsCreditBack() throws Exception {
		Topics.publish("orders", UUID.randomUUID(), CREATED, this.ann.user(), this.ann.data(this.order, "30.00"));
		Topics.publish("orders", UUID.randomUUID(), CANCELLED, this.ann.user(), this.ann.data(this.order, "30.00"));
		List<ConsumerRecord<String, String>> answers = this.ann.answers(2);
		assertAnswer(answers.get(0), "credit.reserved", "30.00", "70.00");
		assertAnswer(answers.get(1), "credit.released", "30.00", "100.00");
		assertThat(this.ann.reservations()).isEmpty();
		this.ann.assertBalanced();
	}

	@Test
	void anOrderThatIsCancelledFirstNeverReserves() {
		apply(CANCELLED, "30.00");
		apply(CREATED, "30.00");
		assertThat(this.ann.reservations()).isEmpty();
		assertThat(this.ann.available()).isEqualTo("100.00");
		assertThat(this.ann.answers(2))
			.allSatisfy((answer) -> assertAnswer(answer, "credit.released", "0.00", "100.00"));
	}

	@Test
	void nothingIsGivenBackForAnOrderThatWasRefused() {
		apply(CREATED, "100.01");
		apply(CANCELLED, "100.01");
		List<ConsumerRecord<String, String>> answers = this.ann.answers(2);
		assertAnswer(answers.get(0), "credit.refused", "100.01", "100.00");
		assertAnswer(answers.get(1), "credit.released", "0.00", "100.00");
		this.ann.assertBalanced();
	}

	@ParameterizedTest
	@ValueSource(strings = { "30.00", "100.01" })
	void whoAsksAgainIsAnsweredAsBefore(String amount) {
		apply(CREATED, amount);
		reserve(CreditBooks.newOrder(), "50.00");
		apply(CREATED, amount);
		List<ConsumerRecord<String, String>> answers = this.ann.answers(3);
		assertThat(type(answers.get(2))).isEqualTo(type(answers.get(0)));
		assertThat(answers.get(2).value()).isEqualTo(answers.get(0).value());
		assertThat(Topics.header(answers.get(2), "ce_id")).isNotEqualTo(Topics.header(answers.get(0), "ce_id"));
		this.ann.assertBalanced();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e17", "1e600000000", "1e2147483647", "1e-600000000", "0e-2147483647", "1.001" })
	void anAmountThatTheBooksCannotHoldIsUnreadableAtOnce(String amount) {
		assertTimeoutPreemptively(Duration.ofSeconds(5),
				() -> assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> apply(CREATED, amount))
					.withMessageContaining("the data are not those of the type"));
		assertThat(this.ann.reservations()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "SUSPENDED", "CLOSED" })
	void theAnswerStandsWhateverBecomesOfTheAccount(String status) {
		apply(CREATED, "30.00");
		this.ann.change("status", "'" + status + "'");
		apply(CREATED, "30.00");
		assertThat(this.ann.reservations()).containsExactly(this.order);
		apply(CANCELLED, "30.00");
		assertThat(this.ann.available()).isEqualTo("100.00");
		assertThat(this.ann.answers(3)).extracting(CreditTests::type)
			.containsExactly("credit.reserved", "credit.reserved", "credit.released");
	}

	@Test
	void whatIsGivenBackAddsToAnyLimit() {
		apply(CREATED, "30.00");
		this.ann.change("(credit_limit, credit_available)", "(30.00, 0.00)");
		apply(CANCELLED, "30.00");
		assertThat(this.ann.available()).isEqualTo("30.00");
		this.ann.assertBalanced();
	}

	@Test
	void anAmountThatTheBooksCannotHoldIsNotApplied() throws Exception {
		UUID event = UUID.randomUUID();
		Topics.publish("orders", event, CREATED, this.ann.user(), this.ann.data(this.order, "0.005"));
		assertThat(Topics.read("orders.dlq", 1, (dead) -> Topics.header(dead, "ce_id").equals(event.toString())))
			.hasSize(1);
		assertThat(this.ann.available()).isEqualTo("100.00");
		this.ann.assertBalanced();
	}

	/** Every order in which these can arrive, each of them twice. */
	static Stream<List<Integer>> everyOrder() {
		return permutations(List.of(0, 1, 2, 0, 1, 2)).distinct();
	}

	@ParameterizedTest
	@MethodSource("everyOrder")
	void inWhateverOrderEventsArriveACancelledOrderReservesNothing(List<Integer> arrivals) {
		List<Message<byte[]>> events = List.of(this.ann.event(CREATED, this.order, "30.00"),
				this.ann.event(CREATED, this.order, "30.00"), this.ann.event(CANCELLED, this.order, "30.00"));
		for (int arrival : arrivals) {
			this.orderEvents.accept(events.get(arrival));
			this.ann.assertBalanced();
		}
		assertThat(this.ann.reservations()).isEmpty();
		assertThat(this.ann.available()).isEqualTo("100.00");
	}

	private void apply(String type, String amount) {
		this.orderEvents.accept(this.ann.event(type, this.order, amount));
	}

	private void reserve(long otherOrder, String amount) {
		this.orderEvents.accept(this.ann.event(CREATED, otherOrder, amount));
	}

	private void assertAnswer(ConsumerRecord<String, String> answer, String type, String amount, String available) {
		assertThat(type(answer)).isEqualTo(type);
		JsonNode data = this.json.readTree(answer.value());
		assertThat(data.get("orderId").asLong()).isEqualTo(this.order);
		assertThat(data.get("amount").decimalValue()).isEqualByComparingTo(amount);
		assertThat(data.get("available").decimalValue()).isEqualByComparingTo(available);
	}

	private static String type(ConsumerRecord<String, String> answer) {
		return Topics.header(answer, "ce_type");
	}

	private static Stream<List<Integer>> permutations(List<Integer> items) {
		if (items.isEmpty()) {
			return Stream.of(List.of());
		}
		return IntStream.range(0, items.size()).boxed().flatMap((first) -> {
			List<Integer> rest = new ArrayList<>(items);
			Integer head = rest.remove(first.intValue());
			return permutations(rest).map((tail) -> Stream.concat(Stream.of(head), tail.stream()).toList());
		});
	}

}
