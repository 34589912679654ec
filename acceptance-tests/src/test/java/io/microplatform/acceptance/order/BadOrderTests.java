package io.microplatform.acceptance.order;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.OrdersPage;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.BadField;
import io.microplatform.acceptance.fixture.BadValue;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

@AcceptanceTest
class BadOrderTests {

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(3);

	private final ClientAccount ann;

	BadOrderTests(TargetPlatform platform) {
		this.ann = platform.signUp("Ann");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("badFields")
	void isRejectedWithTheNameOfTheField(BadField bad) {
		assertThat(order(bad.in(Orders.GOOD))).isProblem(400).namesField(bad.field());
	}

	static Stream<BadField> badFields() {
		List<BadValue> amounts = Stream
			.concat(BadValue.ofAnyRequiredField(),
					Stream
						.of("-1", "-0.01", "0", "0.00", "-0", "0.001", "0.009", "1.005", "12.345", "1e-3", "-1e400",
								"\"12.50\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"abc\"", "\"1e1\"")
						.map((json) -> new BadValue(json, json)))
			.toList();
		return Stream.concat(BadField.each("product", BadValue.ofText(101)), BadField.each("amount", amounts));
	}

	@Test
	void namesEveryInvalidField() {
		assertThat(order("{}")).isProblem(400).namesField("product").namesField("amount");
	}

	@ParameterizedTest
	@ValueSource(strings = { "10000.01", "10001", "1e5", "99999999999999999999.99" })
	void isRejectedAboveTheMaximumAmount(String amount) {
		assertThat(order(Orders.GOOD.with("amount", amount).toString())).isProblem(422).namesField("amount");
	}

	/**
	 * Numbers that cost naive implementations hours or gigabytes, or cause a 500
	 * response.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "1e400", "1e1000000000", "1e2147483647", "1e2147483648", "1e99999999999", "-1e1000000000",
			"1e-1000000000", "1e-2147483648", "1e-99999999999" })
	void isRejectedQuicklyWithAHugeExponent(String amount) {
		assertRefusedQuickly(amount);
	}

	@ParameterizedTest
	@MethodSource
	void isRejectedQuicklyWithManyDigits(Digits digits) {
		assertRefusedQuickly(digits.amount());
	}

	static Stream<Digits> isRejectedQuicklyWithManyDigits() {
		String digits = "9".repeat(10_000);
		return Stream.of(new Digits("before the point", digits), new Digits("after the point", "0." + digits),
				new Digits("on both sides", digits + "." + digits), new Digits("below zero", "-" + digits),
				new Digits("in the exponent", "1e" + digits));
	}

	@ParameterizedTest
	@ValueSource(strings = { "NaN", "Infinity", "-Infinity", "+1", "01", ".5", "5.", "1,50", "0x10", "1_000", "1f",
			"undefined", "1e", "--1" })
	void isRejectedWithANumberThatIsNotJson(String amount) {
		assertThat(order(Orders.GOOD.with("amount", amount).toString())).isProblem(400);
	}

	@AfterEach
	void verifyThatNoOrderWasPlaced() {
		OrdersPage page = this.ann.client().orders("").expect(200).as(OrdersPage.class);
		assertThat(page.items()).isEmpty();
	}

	private void assertRefusedQuickly(String amount) {
		Reply reply = assertTimeout(RESPONSE_TIMEOUT, () -> order(Orders.GOOD.with("amount", amount).toString()));
		assertThat(reply).isProblem(400, 422);
	}

	private Reply order(String body) {
		return this.ann.client().post("/orders", body);
	}

	/**
	 * A number of ten thousand digits with a short display name.
	 *
	 * @param where the position of the digits
	 * @param amount the amount
	 */
	record Digits(String where, String amount) {

		@Override
		public String toString() {
			return this.where;
		}

	}

}
