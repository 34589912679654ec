package io.microplatform.order;

import java.util.List;
import java.util.Locale;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.order.OrderClient.Answer;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
@Import(TestTokens.class)
class OrderListTests {

	private final OrderClient ann;

	private final OrderClient administrator;

	private final List<Long> orders;

	OrderListTests(@LocalServerPort int port, TokenProperties tokens) {
		this.ann = OrderClient.somebodyNew(port, tokens);
		this.administrator = OrderClient.administrator(port, tokens);
		this.orders = List.of(this.ann.place(), this.ann.place(), this.ann.place(), this.ann.place());
		OrderClient.somebodyNew(port, tokens).place();
	}

	@Test
	void hasOneStatus() {
		this.ann.cancel(this.orders.get(1));
		this.ann.cancel(this.orders.get(2));
		assertThat(this.ann.list("status=CANCELLED")).containsExactly(this.orders.get(2), this.orders.get(1));
		assertThat(this.ann.list("status=PENDING")).containsExactly(this.orders.get(3), this.orders.get(0));
		assertThat(this.ann.list("status=CONFIRMED")).isEmpty();
	}

	@Test
	void beginsWithATimeAndEndsBeforeAnother() {
		String second = placedAt(1);
		String fourth = placedAt(3);
		assertThat(this.ann.list("from=" + second)).containsExactly(this.orders.get(3), this.orders.get(2),
				this.orders.get(1));
		assertThat(this.ann.list("to=" + fourth)).containsExactly(this.orders.get(2), this.orders.get(1),
				this.orders.get(0));
		assertThat(this.ann.list("from=" + second + "&to=" + fourth)).containsExactly(this.orders.get(2),
				this.orders.get(1));
		assertThat(this.ann.list("from=" + second + "&to=" + second)).isEmpty();
	}

	@Test
	void isPagedWithAllFiltersAndByAdministratorsToo() {
		this.ann.cancel(this.orders.get(1));
		String query = String.format(Locale.ROOT, "limit=1&status=PENDING&userId=%d&from=%s&to=%s", this.ann.user(),
				placedAt(0), placedAt(3));
		for (OrderClient reader : List.of(this.ann, this.administrator)) {
			Answer first = reader.get("/orders?" + query);
			assertThat(ids(first)).containsExactly(this.orders.get(2));
			Answer second = reader.get("/orders?" + query + "&cursor=" + first.body().get("nextCursor").asString());
			assertThat(ids(second)).containsExactly(this.orders.get(0));
			assertThat(second.body().get("nextCursor").isNull()).isTrue();
		}
	}

	@ParameterizedTest
	@CsvSource({ "status=OPEN, status", "status=pending, status", "from=yesterday, from", "to=2026-13-01T00:00:00Z, to",
			"from=2026-11-24T12:00:01Z&to=2026-11-24T12:00:00Z, from", "from=, from" })
	void namesWhatIsNotValid(String query, String field) {
		Answer answer = this.ann.get("/orders?" + query);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body().get("errors").get(0).get("field").asString()).isEqualTo(field);
	}

	private String placedAt(int index) {
		return this.ann.get("/orders/" + this.orders.get(index)).body().get("createdAt").asString();
	}

	private static List<Long> ids(Answer page) {
		return page.body().get("items").valueStream().map((item) -> item.get("id").asLong()).toList();
	}

}
