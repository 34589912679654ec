package io.microplatform.starter.app;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ServiceTest
@TestPropertySource(properties = "platform.idempotency.idle-timeout=10s")
@Import(TestTokens.class)
class KeyedCallTests {

	private static final String EFFECTS = "/effects";

	private static final String GOOD = "{\"what\":\"Ågren's\"}";

	private final String key = UUID.randomUUID().toString();

	private final TokenProperties tokens;

	private final KeyedCalls calls;

	private final MeterRegistry meters;

	private final RestClient client;

	KeyedCallTests(@LocalServerPort int port, TokenProperties tokens, KeyedCalls calls, MeterRegistry meters) {
		this.tokens = tokens;
		this.calls = calls;
		this.meters = meters;
		this.client = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + port)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	@Test
	void aRepeatIsAnsweredByteForByte() {
		ResponseEntity<String> first = post(EFFECTS, GOOD, this.key);
		assertThat(first.getStatusCode().value()).isEqualTo(201);
		assertThat(first.getHeaders().getLocation()).hasToString(EFFECTS + "/" + id(first));
		assertThat(first.getHeaders().get("X-Of-The-Service")).containsExactly("1", "2");
		assertSame(post(EFFECTS, GOOD, this.key), first);
		assertSame(post(EFFECTS, GOOD, '"' + this.key + '"'), first);
	}

	@Test
	void anAnswerLooksTheSameWithAndWithoutAKey() {
		ResponseEntity<String> with = post(EFFECTS, GOOD, this.key);
		ResponseEntity<String> without = post(EFFECTS, GOOD);
		assertThat(without.getBody()).isNotEqualTo(with.getBody())
			.isEqualTo(String.valueOf(with.getBody()).replace("\"id\":" + id(with), "\"id\":" + id(without)));
		assertThat(without.getHeaders().getContentType()).isEqualTo(with.getHeaders().getContentType());
		assertThat(without.getStatusCode()).isEqualTo(with.getStatusCode());
	}

	@Test
	void anAnswerMayHaveNoBody() {
		ResponseEntity<String> first = post(EFFECTS + "/7/undo", "", this.key);
		assertThat(first.getStatusCode().value()).isEqualTo(204);
		assertThat(first.getBody()).isNull();
		ResponseEntity<String> repeat = post(EFFECTS + "/7/undo", "", this.key);
		assertSame(repeat, first);
		assertThat(repeat.getHeaders().get("X-Undone")).isNotNull().isEqualTo(first.getHeaders().get("X-Undone"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"what\":\"tea\"}", "{ \"what\":\"Ågren's\"}", "{\"what\":\"Ågren's\",\"more\":1}" })
	void anotherBodyIsAnotherRequest(String body) {
		ResponseEntity<String> first = post(EFFECTS, GOOD, this.key);
		assertReused(post(EFFECTS, body, this.key));
		assertSame(post(EFFECTS, GOOD, this.key), first);
	}

	@Test
	void anotherPathOfTheSameRouteIsAnotherRequest() {
		post(EFFECTS + "/7/undo", "", this.key);
		assertReused(post(EFFECTS + "/8/undo", "", this.key));
		assertReused(post(EFFECTS + "/7/undo?really", "", this.key));
	}

	@Test
	void aKeyOfSomebodyElseOrOfAnotherRouteHasNothingToDoWithIt() {
		ResponseEntity<String> first = post(EFFECTS, GOOD, this.key);
		assertThat(id(send(EFFECTS, GOOD, 8, this.key))).isNotEqualTo(id(first));
		assertThat(post(EFFECTS + "/7/undo", "", this.key).getStatusCode().value()).isEqualTo(204);
		assertSame(post(EFFECTS, GOOD, this.key), first);
	}

	@Test
	void aRequestThatFailedLeavesItsKeyFree() {
		assertThat(post(EFFECTS, "{\"what\":\"too much\"}", this.key).getStatusCode().value()).isEqualTo(422);
		assertThat(post(EFFECTS, "{", this.key).getStatusCode().value()).isEqualTo(400);
		assertThat(post(EFFECTS, GOOD, this.key).getStatusCode().value()).isEqualTo(201);
	}

	@Test
	void withoutAKeyEveryRequestIsANewOne() {
		assertThat(id(post(EFFECTS, GOOD))).isNotEqualTo(id(post(EFFECTS, GOOD)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\"\"", "a b", "a,b", "\"a", "\"a\";p" })
	void aMalformedKeyIsRefusedByItsName(String malformed) {
		assertMalformed(post(EFFECTS, GOOD, malformed));
	}

	@Test
	void twoKeysAreRefused() {
		assertMalformed(post(EFFECTS, GOOD, this.key, this.key));
	}

	@Test
	void aTwinOfALongCallIsToldWhenToComeBack() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<ResponseEntity<String>> first = threads.submit(() -> post(EFFECTS + "/slow", "", this.key));
			this.calls.slowCallBegan.await();
			double conflicts = conflicts();
			ResponseEntity<String> twin = post(EFFECTS + "/slow", "", this.key);
			assertThat(twin.getStatusCode().value()).isEqualTo(409);
			assertThat(twin.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
			assertThat(twin.getBody()).contains("\"type\":\"/problems/request-in-progress\"", "\"traceId\":");
			assertThat(conflicts() - conflicts).isEqualTo(1);
			this.calls.slowCallMayEnd.countDown();
			assertSame(post(EFFECTS + "/slow", "", this.key), first.get());
		}
	}

	private double conflicts() {
		return this.meters.get("idempotency.requests").tag("result", "conflict").counter().count();
	}

	private static void assertSame(ResponseEntity<String> repeat, ResponseEntity<String> first) {
		assertThat(repeat.getStatusCode()).isEqualTo(first.getStatusCode());
		assertThat(repeat.getBody()).isEqualTo(first.getBody());
		assertThat(headers(repeat)).isEqualTo(headers(first));
	}

	private static HttpHeaders headers(ResponseEntity<String> answer) {
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(answer.getHeaders());
		headers.remove(HttpHeaders.DATE);
		return headers;
	}

	private static void assertReused(ResponseEntity<String> answer) {
		assertThat(answer.getStatusCode().value()).isEqualTo(422);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer.getBody()).contains("\"type\":\"/problems/idempotency-key-reused\"",
				"\"field\":\"Idempotency-Key\"");
	}

	private static void assertMalformed(ResponseEntity<String> answer) {
		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(answer.getBody()).contains("\"type\":\"/problems/validation\"", "\"field\":\"Idempotency-Key\"");
	}

	private static String id(ResponseEntity<String> answer) {
		return String.valueOf(answer.getBody()).replaceAll("\\{\"id\":(\\d+),.*", "$1");
	}

	private ResponseEntity<String> post(String path, String body, String... keys) {
		return send(path, body, 7, keys);
	}

	private ResponseEntity<String> send(String path, String body, long user, String... keys) {
		return this.client.post().uri(path).headers((headers) -> {
			headers.set(HttpHeaders.AUTHORIZATION, TestTokens.bearer(user, this.tokens));
			headers.addAll("Idempotency-Key", List.of(keys));
		}).contentType(MediaType.APPLICATION_JSON).body(body).retrieve().toEntity(String.class);
	}

}
