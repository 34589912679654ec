package io.microplatform.order;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that log lines about an order have its id, and that the audit trail contains the
 * actions of its user.
 */
@ServiceTest
@Import(TestTokens.class)
@ExtendWith(OutputCaptureExtension.class)
class OrderLogTests {

	private final OrderClient client;

	OrderLogTests(@LocalServerPort int port, TokenProperties tokens) {
		this.client = OrderClient.somebodyNew(port, tokens);
	}

	@Test
	void linesNameTheOrderAndTheUser(CapturedOutput output) throws Exception {
		long order = this.client.place();
		this.client.credit("credit.reserved", order);
		await().until(() -> this.client.status(order).equals("CONFIRMED"));
		this.client.cancel(order);
		this.client.cancel(order);
		assertThat(output.toString().lines())
			.anySatisfy((line) -> assertThat(line).contains(" placed", id(order), user()))
			.anySatisfy((line) -> assertThat(line).contains(" is CONFIRMED", id(order)).doesNotContain("\"user.id\""))
			.anySatisfy((line) -> assertThat(line).contains("\"order-placed\"", id(order), user()));
		assertThat(output.toString()
			.lines()
			.filter((line) -> line.contains("\"message\":\"order-cancelled\"") && line.contains(id(order))))
			.singleElement()
			.asString()
			.contains(user(), "\"success\"");
	}

	private static String id(long order) {
		return "\"order.id\":\"" + order + "\"";
	}

	private String user() {
		return "\"user.id\":\"" + this.client.user() + "\"";
	}

}
