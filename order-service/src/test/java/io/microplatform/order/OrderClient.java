package io.microplatform.order;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.TestTokens;
import io.microplatform.starter.test.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that orders: over HTTP, as a new user, with user-service's part played by the
 * test.
 */
final class OrderClient {

	private final JsonMapper json = JsonMapper.builder().build();

	private final long user;

	private final String base;

	private final RestClient client;

	private OrderClient(long user, int port, String authorization) {
		this.user = user;
		this.base = "http://127.0.0.1:" + port;
		this.client = RestClient.builder()
			.defaultHeader(HttpHeaders.AUTHORIZATION, authorization)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	static OrderClient somebodyNew(int port, TokenProperties tokens) {
		long user = ThreadLocalRandom.current().nextLong(1, 1L << 53);
		return new OrderClient(user, port, TestTokens.bearer(user, tokens));
	}

	static OrderClient administrator(int port, TokenProperties tokens) {
		long user = ThreadLocalRandom.current().nextLong(1, 1L << 53);
		return new OrderClient(user, port, TestTokens.administrator(user, tokens));
	}

	long user() {
		return this.user;
	}

	/** An order that is not decided yet. */
	long place() {
		Answer answer = call(HttpMethod.POST, "/orders", "{\"product\":\"tea\",\"amount\":12.50}");
		assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
		return answer.body().get("id").asLong();
	}

	Answer cancel(long id) {
		return call(HttpMethod.POST, "/orders/" + id + "/cancel", "");
	}

	Answer get(String uri) {
		return call(HttpMethod.GET, uri, "");
	}

	String status(long id) {
		return get("/orders/" + id).body().get("status").asString();
	}

	/** The ids of a page of one's own list. */
	List<Long> list(String query) {
		Answer answer = get("/orders?" + query);
		assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
		return answer.body().get("items").valueStream().map((item) -> item.get("id").asLong()).toList();
	}

	/** What user-service says about an order. */
	void credit(String type, long id) throws ExecutionException, InterruptedException {
		Topics.publish("credit", UUID.randomUUID(), type, this.user,
				String.format(Locale.ROOT, "{\"orderId\":%d}", id));
	}

	/** The types of this user's events, when there are so many. */
	List<String> events(int count) {
		List<ConsumerRecord<String, String>> events = Topics.read("orders", count,
				(event) -> event.key().equals(Long.toString(this.user)));
		return events.stream().map((event) -> Topics.header(event, "ce_type")).toList();
	}

	private Answer call(HttpMethod method, String uri, String body) {
		RestClient.RequestBodySpec request = this.client.method(method).uri(URI.create(this.base + uri));
		if (!body.isEmpty()) {
			request.contentType(MediaType.APPLICATION_JSON).body(body);
		}
		ResponseEntity<String> answer = request.retrieve().toEntity(String.class);
		return new Answer(answer.getStatusCode().value(),
				this.json.readTree(Objects.requireNonNullElse(answer.getBody(), "{}")));
	}

	/** What came back. */
	record Answer(int status, JsonNode body) {
	}

}
