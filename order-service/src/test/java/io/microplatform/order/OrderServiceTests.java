package io.microplatform.order;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.local.LocalInfrastructure;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import io.microplatform.starter.test.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
@Import(TestTokens.class)
class OrderServiceTests {

	private final long user = ThreadLocalRandom.current().nextLong(1, 1L << 53);

	private final TokenProperties tokens;

	private final JsonMapper json;

	private final RestClient client;

	OrderServiceTests(@LocalServerPort int port, TokenProperties tokens, JsonMapper json) {
		this.tokens = tokens;
		this.json = json;
		this.client = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + port)
			.defaultHeader(HttpHeaders.AUTHORIZATION, TestTokens.bearer(this.user, tokens))
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	@Test
	void anOrderIsAnnouncedAsACloudEvent() {
		long id = place("coffee", "249.90").get("id").asLong();
		ConsumerRecord<String, String> event = events(1).getFirst();
		assertThat(event.key()).isEqualTo(Long.toString(this.user));
		assertThat(Topics.header(event, "ce_type")).isEqualTo("order.created");
		assertThat(Topics.header(event, "ce_source")).isEqualTo("/order-service");
		assertThat(Topics.header(event, "ce_specversion")).isEqualTo("1.0");
		assertThat(Topics.header(event, "content-type")).isEqualTo("application/json");
		assertThat(UUID.fromString(Topics.header(event, "ce_id"))).isNotNull();
		assertThat(Topics.header(event, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]");
		assertThat(event.value()).contains("\"orderId\":" + id)
			.contains("\"userId\":" + this.user)
			.contains("\"amount\":249.90")
			.contains("\"status\":\"PENDING\"");
	}

	@Test
	void reservedCreditConfirmsTheOrder() throws Exception {
		long id = place("coffee", "1").get("id").asLong();
		Topics.publish("credit", UUID.randomUUID(), "credit.reserved", this.user,
				String.format(Locale.ROOT, "{\"orderId\":%d}", id));
		await().until(() -> status(id).equals("CONFIRMED"));
		assertThat(events(2)).extracting((event) -> Topics.header(event, "ce_type"))
			.containsExactly("order.created", "order.confirmed");
	}

	@Test
	void refusedCreditRejectsTheOrderWithTheReason() throws Exception {
		long id = place("coffee", "1").get("id").asLong();
		Topics.publish("credit", UUID.randomUUID(), "credit.refused", this.user,
				String.format(Locale.ROOT, "{\"orderId\":%d,\"reason\":\"Too little.\"}", id));
		await().until(() -> status(id).equals("REJECTED"));
		assertThat(get("/orders/" + id).get("reason").asString()).isEqualTo("Too little.");
	}

	@Test
	void anEventThatComesAgainOrTooLateHasNoEffect() throws Exception {
		long id = place("coffee", "1").get("id").asLong();
		UUID event = UUID.randomUUID();
		String data = String.format(Locale.ROOT, "{\"orderId\":%d}", id);
		Topics.publish("credit", event, "credit.reserved", this.user, data);
		Topics.publish("credit", event, "credit.reserved", this.user, data);
		Topics.publish("credit", UUID.randomUUID(), "credit.refused", this.user, data);
		long other = place("tea", "1").get("id").asLong();
		Topics.publish("credit", UUID.randomUUID(), "credit.reserved", this.user,
				String.format(Locale.ROOT, "{\"orderId\":%d}", other));
		// The same key, hence the same partition: when this one is through, the others
		// are.
		await().until(() -> status(other).equals("CONFIRMED"));
		assertThat(status(id)).isEqualTo("CONFIRMED");
		assertThat(events(4)).extracting((record) -> Topics.header(record, "ce_type"))
			.containsExactlyInAnyOrder("order.created", "order.created", "order.confirmed", "order.confirmed");
	}

	@Test
	void anEventThatCannotBeReadGoesToTheDeadLetters() throws Exception {
		UUID event = UUID.randomUUID();
		Topics.publish("credit", event, "credit.reserved", this.user, "not JSON");
		assertThat(Topics.read("credit.dlq", 1, (record) -> Topics.header(record, "ce_id").equals(event.toString())))
			.singleElement()
			.satisfies((dead) -> assertThat(dead.value()).isEqualTo("not JSON"));
	}

	@Test
	void somebodyElsesOrderIsNotThere() {
		long id = place("coffee", "1").get("id").asLong();
		assertThat(status(id)).isEqualTo("PENDING");
		ResponseEntity<String> answer = get("/orders/" + id, TestTokens.bearer(this.user + 1, this.tokens));
		assertThat(answer.getStatusCode().value()).isEqualTo(404);
	}

	@Test
	void theListIsPagedNewestFirst() {
		List<Long> ids = List.of(place("1", "1").get("id").asLong(), place("2", "1").get("id").asLong(),
				place("3", "1").get("id").asLong());
		JsonNode first = get("/orders?limit=2");
		assertThat(first.get("items")).extracting((item) -> item.get("id").asLong())
			.containsExactly(ids.get(2), ids.get(1));
		JsonNode second = get("/orders?limit=2&cursor=" + first.get("nextCursor").asString());
		assertThat(second.get("items")).extracting((item) -> item.get("id").asLong()).containsExactly(ids.get(0));
		assertThat(second.get("nextCursor").isNull()).isTrue();
	}

	@Test
	void anAdministratorListsAnybodysOrders() {
		long id = place("coffee", "1").get("id").asLong();
		ResponseEntity<String> answer = list(this.user, TestTokens.administrator(this.user + 1, this.tokens));
		assertThat(answer.getStatusCode().value()).isEqualTo(200);
		assertThat(this.json.readTree(answer.getBody()).get("items")).extracting((item) -> item.get("id").asLong())
			.containsExactly(id);
	}

	@Test
	void nobodyElseListsAnybodysOrders() {
		place("coffee", "1");
		assertThat(list(this.user, TestTokens.bearer(this.user + 1, this.tokens)).getStatusCode().value())
			.isEqualTo(403);
		assertThat(list(this.user, TestTokens.bearer(this.user, this.tokens)).getStatusCode().value()).isEqualTo(200);
	}

	@Test
	void anAdministratorDoesNotSeeOneOfThemById() {
		long id = place("coffee", "1").get("id").asLong();
		assertThat(get("/orders/" + id, TestTokens.administrator(this.user + 1, this.tokens)).getStatusCode().value())
			.isEqualTo(404);
	}

	@Test
	void whoseOrdersMustBeANumber() {
		ResponseEntity<String> answer = get("/orders?userId=me", TestTokens.administrator(this.user, this.tokens));
		assertThat(answer.getStatusCode().value()).isEqualTo(400);
		assertThat(answer.getBody()).contains("\"field\":\"userId\"");
	}

	@Test
	void whileRedisIsAwayOrdersAreReadFromTheDatabase() throws Exception {
		LocalInfrastructure infrastructure = LocalInfrastructure.shared();
		long id = place("coffee", "1").get("id").asLong();
		infrastructure.redis().kill();
		try {
			assertThat(status(id)).isEqualTo("PENDING");
			assertThat(place("tea", "2").get("status").asString()).isEqualTo("PENDING");
		}
		finally {
			LocalInfrastructure.start(infrastructure.redis());
		}
	}

	@Test
	void whileKafkaIsAwayOrdersAreTakenAndAnnouncedLater() throws Exception {
		LocalInfrastructure infrastructure = LocalInfrastructure.shared();
		infrastructure.kafka().kill();
		try {
			assertThat(place("coffee", "1").get("status").asString()).isEqualTo("PENDING");
		}
		finally {
			LocalInfrastructure.start(infrastructure.kafka());
		}
		assertThat(events(1)).hasSize(1);
	}

	private List<ConsumerRecord<String, String>> events(int count) {
		return Topics.read("orders", count, (record) -> record.key().equals(Long.toString(this.user)));
	}

	private ResponseEntity<String> list(long userId, String authorization) {
		return get("/orders?userId=" + userId, authorization);
	}

	private ResponseEntity<String> get(String uri, String authorization) {
		return this.client.get()
			.uri(uri)
			.headers((headers) -> headers.set(HttpHeaders.AUTHORIZATION, authorization))
			.retrieve()
			.toEntity(String.class);
	}

	private String status(long id) {
		return get("/orders/" + id).get("status").asString();
	}

	private JsonNode place(String product, String amount) {
		ResponseEntity<String> answer = this.client.post()
			.uri("/orders")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"product\":\"%s\",\"amount\":%s}".formatted(product, amount))
			.retrieve()
			.toEntity(String.class);
		JsonNode order = this.json.readTree(answer.getBody());
		assertThat(answer.getStatusCode().value()).as(order.toString()).isEqualTo(201);
		assertThat(answer.getHeaders().getFirst(HttpHeaders.LOCATION)).isEqualTo("/orders/" + order.get("id"));
		return order;
	}

	private JsonNode get(String uri) {
		return this.json.readTree(this.client.get().uri(uri).retrieve().body(String.class));
	}

}
