package io.microplatform.acceptance.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Wire;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of syntactically valid HTTP requests that regular clients do not send.
 */
@AcceptanceTest
class OddRequestTests {

	private final TargetPlatform platform;

	private final ClientAccount ann;

	OddRequestTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/users/%zz", "/users/%", "/orders/%2", "/orders/%c0%ae", "/orders/a\"b", "/orders/{id}",
			"/orders/a|b", "/orders/a\\b", "/orders/[1]", "/orders/é", "/orders/%0d%0aX:y", "/orders?limit=%zz",
			"/orders?cursor=%zz", "/orders?limit=\"", "/orders?limit[]=x" })
	void rejectsMalformedTargets(String target) {
		Reply reply = get(target);
		if (reply.status() != 200) {
			assertThat(reply).isProblem(400, 404);
		}
		assertThat(target.startsWith("/orders?limit[") || reply.status() != 200).as(reply.summary()).isTrue();
	}

	@Test
	void rejectsTargetsThatAreTooLong() {
		assertThat(get("/orders/" + "1".repeat(100_000))).isProblem(414);
		assertThat(get("/orders?cursor=" + "a".repeat(100_000))).isProblem(414);
	}

	@Test
	void rejectsHeadersThatAreTooLarge() {
		Reply reply = Wire.exchange(this.platform.gateway(), "GET /orders HTTP/1.1", "",
				"X-Large: " + "a".repeat(100_000));
		assertThat(reply).isProblem(431);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "If-None-Match", "Prefer", "Accept", "X-Unknown" })
	void handlesNonAsciiHeaders(String header) {
		Reply reply = Wire.exchange(this.platform.gateway(), "GET /users/me HTTP/1.1", "",
				"Authorization: Bearer " + this.ann.token(), header + ": ключ");
		assertThat(reply.status()).as(reply.summary()).isLessThan(500);
	}

	@ParameterizedTest
	@ValueSource(ints = { 5_000, 7_500, 9_000, 12_000, 17_000, 40_000 })
	void handlesTargetsAndTokensOfAnySize(int size) {
		assertThat(get("/orders/" + "1".repeat(size))).isProblem(400, 404, 414);
		assertThat(get("/orders?cursor=" + "a".repeat(size))).isProblem(400, 414);
		Reply reply = Wire.exchange(this.platform.gateway(), "GET /orders HTTP/1.1", "",
				"Authorization: Bearer " + "a".repeat(size));
		assertThat(reply).isProblem(401, 431);
	}

	@Test
	void forwardsRequestsOfTheMaximumSize() {
		List<List<String>> heads = List.of(List.of("User-Agent: " + "a".repeat(7_600)),
				Collections.nCopies(99, "User-Agent: a"), List.of("User-Agent: " + "a".repeat(5_000)),
				List.of("Accept-Language: " + "en,".repeat(11)));
		for (List<String> head : heads) {
			for (String target : List.of("/orders?x=" + "a".repeat(3_000), "/orders?" + "x&".repeat(1_001))) {
				List<String> headers = new ArrayList<>(head);
				assertThat(exchange(target, headers)).isProblem(401);
				headers.add("Authorization: Bearer " + this.ann.token());
				assertThat(exchange(target, headers)).isJson(200);
			}
		}
		assertThat(exchange("/orders", List.of("Authorization: Bearer " + "a".repeat(8_000)))).isProblem(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/orders?x=%FF", "/orders?%FF", "/users?=1", "/users/me?x=%C0%AF" })
	void handlesMalformedQueries(String target) {
		Reply reply = get(target);
		assertThat(reply.status()).as(reply.summary()).isLessThan(500);
	}

	private Reply exchange(String target, List<String> headers) {
		return Wire.exchange(this.platform.gateway(), "GET " + target + " HTTP/1.1", "",
				headers.toArray(String[]::new));
	}

	@Test
	void returnsSecurityHeaders() {
		for (Reply reply : new Reply[] { this.ann.client().me(), this.ann.client().get("/nothing"),
				this.ann.client().order(0), this.platform.guest().me() }) {
			assertThat(reply.header("X-Content-Type-Options").orElse("")).as(reply.summary()).isEqualTo("nosniff");
			assertThat(reply.headers().map()).doesNotContainKeys("server", "x-powered-by");
		}
	}

	private Reply get(String target) {
		return Wire.exchange(this.platform.gateway(), "GET " + target + " HTTP/1.1", "",
				"Authorization: Bearer " + this.ann.token());
	}

}
