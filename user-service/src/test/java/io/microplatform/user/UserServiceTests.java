package io.microplatform.user;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
class UserServiceTests {

	private static final String PASSWORD = "correct horse";

	private final String email = UUID.randomUUID() + "@Example.org";

	private final JsonMapper json;

	private final JdbcClient jdbc;

	private final RestClient client;

	UserServiceTests(@LocalServerPort int port, JsonMapper json, JdbcClient jdbc) {
		this.json = json;
		this.jdbc = jdbc;
		this.client = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + port)
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
	}

	@Test
	void whoRegistersCanLogInAndHasTheDefaultCredit() {
		long id = register(this.email);
		JsonNode me = get("/users/me", login(this.email));
		assertThat(me.get("id").asLong()).isEqualTo(id);
		assertThat(me.get("creditLimit").decimalValue()).isEqualByComparingTo("1000.00");
		assertThat(me.get("creditAvailable").decimalValue()).isEqualByComparingTo("1000.00");
	}

	@Test
	void theEmailIsComparedWithoutCase() {
		register(this.email);
		assertThat(post("/users", registration(this.email.toUpperCase(Locale.ROOT))).get("status").asInt())
			.isEqualTo(409);
		assertThat(login(this.email.toLowerCase(Locale.ROOT))).isNotEmpty();
	}

	@Test
	void ofManyRegistrationsAtOnceOneSucceeds() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<JsonNode>> answers = threads.invokeAll(IntStream.range(0, 8)
				.<Callable<JsonNode>>mapToObj((i) -> () -> post("/users", registration(this.email)))
				.toList());
			assertThat(answers).extracting(Future::get).filteredOn((answer) -> answer.has("id")).hasSize(1);
			assertThat(answers).extracting(Future::get)
				.filteredOn((answer) -> answer.has("status"))
				.extracting((answer) -> answer.get("status").asInt())
				.containsOnly(409);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer", "Bearer nonsense",
			"Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiI3IiwiZXhwIjoxfQ.c2lnbmF0dXJl", "Basic nonsense" })
	void whoHasATokenThatIsNoLongerValidCanRegisterLogInAndReadTheKeys(String authorization) {
		assertThat(post("/users", registration(this.email), authorization)).isEqualTo(201);
		assertThat(post("/login", credentials(this.email, PASSWORD), authorization)).isEqualTo(200);
		assertThat(status(HttpMethod.GET, "/internal/jwks", authorization)).isEqualTo(200);
		for (String closed : List.of("/users", "/users/me", "/users/1")) {
			assertThat(status(HttpMethod.GET, closed, authorization)).isEqualTo(401);
		}
		assertThat(status(HttpMethod.POST, "/internal/jwks", authorization)).isEqualTo(401);
	}

	@Test
	void aWrongPasswordAndAnUnknownEmailAreTheSameAnswer() {
		register(this.email);
		JsonNode wrong = post("/login", credentials(this.email, "wrong password"));
		JsonNode unknown = post("/login", credentials("nobody@example.org", PASSWORD));
		assertThat(wrong.get("status").asInt()).isEqualTo(401);
		assertThat(unknown.get("detail")).isEqualTo(wrong.get("detail"));
	}

	@Test
	void passwordsAreStoredWithTheNameOfTheirAlgorithm() {
		long id = register(this.email);
		assertThat(this.jdbc.sql("select password_hash from users where id = :id")
			.param("id", id)
			.query(String.class)
			.single()).startsWith("{bcrypt}$2");
	}

	@Test
	void theSigningKeyIsNowhereInTheClear() {
		register(this.email);
		byte[] stored = this.jdbc.sql("select encrypted_private_jwk from signing_key").query(byte[].class).single();
		assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("\"d\"", "EC");
		assertThat(get("/internal/jwks", "").toString()).contains("\"kty\":\"EC\"").doesNotContain("\"d\":");
	}

	@Test
	void aTokenSaysWhoItIsForAndForHowLong() throws Exception {
		long id = register(this.email);
		JWTClaimsSet claims = SignedJWT.parse(login(this.email)).getJWTClaimsSet();
		assertThat(claims.getSubject()).isEqualTo(Long.toString(id));
		assertThat(Duration.between(claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
			.isEqualTo(Duration.ofMinutes(15));
	}

	@Test
	void anOrderReservesCredit() throws Exception {
		long id = register(this.email);
		order(id, "249.90");
		JsonNode answer = this.json.readTree(credit(id, 1).getFirst().value());
		assertThat(answer.get("available").decimalValue()).isEqualByComparingTo("750.10");
		assertThat(get("/users/me", login(this.email)).get("creditAvailable").decimalValue())
			.isEqualByComparingTo("750.10");
		assertBalanced(id);
	}

	@Test
	void anOrderBeyondTheCreditIsRefusedWithTheReason() throws Exception {
		long id = register(this.email);
		order(id, "1000.01");
		ConsumerRecord<String, String> answer = credit(id, 1).getFirst();
		assertThat(Topics.header(answer, "ce_type")).isEqualTo("credit.refused");
		assertThat(this.json.readTree(answer.value()).get("reason").asString())
			.isEqualTo("Insufficient credit: 1000.01 wanted, 1000.00 available.");
		assertBalanced(id);
	}

	@Test
	void anOrderOfNobodyIsRefused() throws Exception {
		long unknownUser = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 53);
		order(unknownUser, "1.00");
		assertThat(Topics.header(credit(unknownUser, 1).getFirst(), "ce_type")).isEqualTo("credit.refused");
	}

	@Test
	void anOrderOfASuspendedAccountIsRefusedWithTheReason() throws Exception {
		long id = register(this.email);
		this.jdbc.sql("update users set status = 'SUSPENDED' where id = :id").param("id", id).update();
		order(id, "1.00");
		ConsumerRecord<String, String> answer = credit(id, 1).getFirst();
		assertThat(Topics.header(answer, "ce_type")).isEqualTo("credit.refused");
		assertThat(this.json.readTree(answer.value()).get("reason").asString()).isEqualTo("The account is not active.");
		assertBalanced(id);
	}

	@Test
	void theAnswerIsInTheTraceOfTheOrder() throws Exception {
		long id = register(this.email);
		String trace = UUID.randomUUID().toString().replace("-", "");
		Topics.publish("orders", UUID.randomUUID(), "order.created", id,
				String.format(Locale.ROOT, "{\"orderId\":%d,\"userId\":%d,\"amount\":1.00}", id, id),
				Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-00"));
		assertThat(Topics.header(credit(id, 1).getFirst(), "traceparent")).contains(trace);
	}

	@Test
	void anEventThatComesTwiceReservesOnce() throws Exception {
		long id = register(this.email);
		UUID event = UUID.randomUUID();
		String data = order(event, id, "100.00");
		Topics.publish("orders", event, "order.created", id, data);
		order(id, "1.00");
		assertThat(credit(id, 2)).hasSize(2);
		assertThat(get("/users/me", login(this.email)).get("creditAvailable").decimalValue())
			.isEqualByComparingTo("899.00");
		assertBalanced(id);
	}

	@Test
	void whatIsReadIsNeverOlderThanTheLastChange() throws Exception {
		long id = register(this.email);
		String token = login(this.email);
		for (int orders = 1; orders <= 10; orders++) {
			order(id, "10.00");
			BigDecimal left = new BigDecimal("1000.00")
				.subtract(new BigDecimal("10.00").multiply(BigDecimal.valueOf(orders)));
			await().until(() -> get("/users/me", token).get("creditAvailable").decimalValue().compareTo(left) == 0);
		}
		assertBalanced(id);
	}

	private void assertBalanced(long id) {
		assertThat(this.jdbc.sql("""
				select credit_limit = credit_available
				       + (select coalesce(sum(amount), 0) from reservation where user_id = users.id)
				from users where id = :id""").param("id", id).query(Boolean.class).single()).isTrue();
	}

	private void order(long userId, String amount) throws Exception {
		order(UUID.randomUUID(), userId, amount);
	}

	private String order(UUID event, long userId, String amount) throws Exception {
		String data = String.format(Locale.ROOT, "{\"orderId\":%d,\"userId\":%d,\"amount\":%s,\"somethingNew\":[]}",
				ThreadLocalRandom.current().nextLong(1, 1L << 53), userId, amount);
		Topics.publish("orders", event, "order.created", userId, data);
		return data;
	}

	private List<ConsumerRecord<String, String>> credit(long userId, int count) {
		return Topics.read("credit", count, (record) -> record.key().equals(Long.toString(userId)));
	}

	private long register(String address) {
		return post("/users", registration(address)).get("id").asLong();
	}

	private String login(String address) {
		return post("/login", credentials(address, PASSWORD)).get("access_token").asString();
	}

	private static String registration(String address) {
		return "{\"name\":\"Ada\",\"email\":\"%s\",\"password\":\"%s\"}".formatted(address, PASSWORD);
	}

	private static String credentials(String address, String password) {
		return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(address, password);
	}

	private JsonNode post(String uri, String body) {
		return this.json.readTree(this.client.post()
			.uri(uri)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.body(String.class));
	}

	private JsonNode get(String uri, String token) {
		return this.json.readTree(this.client.get().uri(uri).headers((headers) -> {
			if (!token.isEmpty()) {
				headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + token);
			}
		}).retrieve().body(String.class));
	}

	private int post(String path, String body, String authorization) {
		return this.client.post()
			.uri(path)
			.header(HttpHeaders.AUTHORIZATION, authorization)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.toBodilessEntity()
			.getStatusCode()
			.value();
	}

	private int status(HttpMethod method, String path, String authorization) {
		return this.client.method(method)
			.uri(path)
			.header(HttpHeaders.AUTHORIZATION, authorization)
			.retrieve()
			.toBodilessEntity()
			.getStatusCode()
			.value();
	}

}
