package io.microplatform.acceptance.order;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;
import java.util.UUID;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.lab.platform.PrivatePlatform;
import io.microplatform.lab.platform.TargetPlatform;
import io.microplatform.local.process.RunningProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class WaitForOutcomeTests {

	private static final String APPLIED = "Preference-Applied";

	private final ClientAccount ann;

	WaitForOutcomeTests(TargetPlatform platform) {
		this.ann = platform.signUp("Ann");
	}

	@Test
	void returnsTheConfirmedOrder() {
		Reply reply = order("0.01", "wait=10");
		assertThat(reply).isJson(201).hasExactlyMembers(Orders.MEMBERS).hasText("\"status\":\"CONFIRMED\"");
		assertThat(reply.header(APPLIED)).contains("wait=10");
		Order order = reply.as(Order.class);
		assertThat(reply.header("Location")).contains("/orders/" + order.id());
		assertThat(this.ann.client().order(order.id()).body()).isEqualTo(reply.body());
	}

	@Test
	void returnsTheRejectedOrder() {
		Reply reply = order("5000", "return=minimal, WAIT=\"8\"; x=y");
		assertThat(reply).isJson(201).hasText("\"status\":\"REJECTED\"").hasText("\"reason\":\"");
		assertThat(reply.header(APPLIED)).contains("wait=8");
	}

	@Test
	void returnsTheSameResponseForARepeatedRequest() {
		String key = UUID.randomUUID().toString();
		HttpRequest.Builder waiting = request("0.01").header("Idempotency-Key", key).header("Prefer", "wait=10");
		Reply first = this.ann.client().send(waiting);
		Reply repeat = this.ann.client().send(waiting);
		Reply withoutPreference = this.ann.client().send(request("0.01").header("Idempotency-Key", key));
		assertThat(first).isJson(201).hasText("\"status\":\"CONFIRMED\"");
		assertThat(repeat.body()).isEqualTo(first.body());
		assertThat(withoutPreference.body()).isEqualTo(first.body());
		assertThat(withoutPreference.header(APPLIED)).isEqualTo(first.header(APPLIED)).contains("wait=10");
	}

	@ParameterizedTest
	@ValueSource(strings = { "wait", "wait=", "wait=soon", "wait=-5", "wait=1.5", "=", "\"", "handling=strict" })
	void ignoresMalformedPreferences(String preference) {
		Reply reply = order("0.01", preference);
		assertThat(reply).isJson(201).hasText("\"status\":\"PENDING\"");
		assertThat(reply.header(APPLIED)).isEmpty();
	}

	/** Takes 10 s, the maximum time for which the gateway must wait. */
	@Test
	void waitsForAtMostTenSeconds(PrivatePlatform own) {
		Optional<RunningProcess> userService = own.processes().recordOf("user-service").process();
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
