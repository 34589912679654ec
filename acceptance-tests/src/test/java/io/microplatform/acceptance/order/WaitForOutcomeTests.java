package io.microplatform.acceptance.order;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.UUID;

import io.microplatform.acceptance.client.Account;
import io.microplatform.acceptance.client.Order;
import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.platform.PrivatePlatform;
import io.microplatform.local.process.RunningProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class WaitForOutcomeTests {

	private static final String APPLIED = "Preference-Applied";

	private final PrivatePlatform platform;

	private final Account ann;

	WaitForOutcomeTests(PrivatePlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	@Test
	void isAnsweredWithTheConfirmedOrder() {
		Reply reply = order("0.01", "wait=10");
		assertThat(reply).isJson(201)
			.hasExactlyMembers("id", "product", "amount", "status", "createdAt", "updatedAt")
			.hasText("\"status\":\"CONFIRMED\"");
		assertThat(reply.header(APPLIED)).contains("wait=10");
		Order order = reply.as(Order.class);
		assertThat(reply.header("Location")).contains("/orders/" + order.id());
		assertThat(this.ann.client().order(order.id()).body()).isEqualTo(reply.body());
	}

	@Test
	void isAnsweredWithTheRejectedOrder() {
		Reply reply = order("5000", "return=minimal, WAIT=\"8\"; x=y");
		assertThat(reply).isJson(201).hasText("\"status\":\"REJECTED\"").hasText("\"reason\":\"");
		assertThat(reply.header(APPLIED)).contains("wait=8");
	}

	@Test
	void isRepeatedAsItWasAnswered() {
		String key = UUID.randomUUID().toString();
		HttpRequest.Builder waiting = request("0.01").header("Idempotency-Key", key).header("Prefer", "wait=10");
		Reply first = this.ann.client().send(waiting);
		Reply repeat = this.ann.client().send(waiting);
		Reply hasty = this.ann.client().send(request("0.01").header("Idempotency-Key", key));
		assertThat(first).isJson(201).hasText("\"status\":\"CONFIRMED\"");
		assertThat(repeat.body()).isEqualTo(first.body());
		assertThat(hasty.body()).isEqualTo(first.body());
		assertThat(hasty.header(APPLIED)).isEqualTo(first.header(APPLIED)).contains("wait=10");
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait", "wait=", "wait=soon", "wait=-5", "wait=1.5", "=", "\"", "handling=strict" })
	void isNotWantedByAPreferenceThatMakesNoSense(String preference) {
		Reply reply = order("0.01", preference);
		assertThat(reply).isJson(201).hasText("\"status\":\"PENDING\"");
		assertThat(reply.header(APPLIED)).isEmpty();
	}

	/** A whole 10 s, because that is what the gateway must have the patience for. */
	@Test
	void isOverAfterTenSecondsAtTheLatest() {
		Optional<RunningProcess> userService = this.platform.processes().the("user-service").process();
		userService.orElseThrow().pause();
		Reply reply;
		try {
			reply = order("0.01", "wait=3600");
		}
		finally {
			userService.orElseThrow().resume();
		}
		assertThat(reply).isJson(201).hasText("\"status\":\"PENDING\"");
		assertThat(reply.header(APPLIED)).contains("wait=10");
		assertThat(Orders.decided(this.ann, reply.as(Order.class)).status()).isEqualTo("CONFIRMED");
	}

	private Reply order(String amount, String preference) {
		return this.ann.client().send(request(amount).header("Prefer", preference));
	}

	private HttpRequest.Builder request(String amount) {
		return this.ann.client()
			.request("/orders")
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(Orders.GOOD.with("amount", amount).toString()));
	}

}
