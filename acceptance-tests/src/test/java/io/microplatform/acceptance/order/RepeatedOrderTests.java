package io.microplatform.acceptance.order;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.microplatform.lab.client.ClientAccount;
import io.microplatform.lab.client.Order;
import io.microplatform.lab.client.OrdersPage;
import io.microplatform.lab.client.Reply;
import io.microplatform.acceptance.fixture.AcceptanceTest;
import io.microplatform.acceptance.fixture.Wire;
import io.microplatform.lab.platform.TargetPlatform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.microplatform.acceptance.fixture.ReplyAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@AcceptanceTest
class RepeatedOrderTests {

	private static final String KEY = "Idempotency-Key";

	private static final String TEA = Orders.GOOD.toString();

	private final TargetPlatform platform;

	private final ClientAccount ann;

	private final ClientAccount bob;

	private String key = "";

	private int placedBefore;

	RepeatedOrderTests(TargetPlatform platform) {
		this.platform = platform;
		this.ann = platform.signUp("Ann");
		this.bob = platform.signUp("Bob");
	}

	@BeforeEach
	void useAFreshKey() {
		this.key = UUID.randomUUID().toString();
		this.placedBefore = placed(this.ann);
	}

	@Test
	void returnsTheSameResponseAndPlacesOneOrder() {
		Reply first = order(TEA, this.key);
		assertThat(first).isJson(201);
		assertThat(order(TEA, this.key)).repeats(first);
		Orders.decided(this.ann, first.as(Order.class));
		assertThat(order(TEA, '"' + this.key + '"')).repeats(first);
		assertPlaced(1);
	}

	@Test
	void concurrentRequestsPlaceOneOrder() throws Exception {
		Set<String> bodies = new HashSet<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<Reply>> replies = IntStream.range(0, 20)
				.mapToObj((index) -> threads.submit(() -> order(TEA, this.key)))
				.toList();
			for (Future<Reply> reply : replies) {
				if (reply.get().status() == 409) {
					assertThat(reply.get()).isProblem(409);
					assertThat(reply.get().header("Retry-After")).isPresent();
				}
				else {
					bodies.add(reply.get().expect(201).body());
				}
			}
		}
		assertThat(bodies).containsExactly(order(TEA, this.key).body());
		assertPlaced(1);
	}

	@Test
	void rejectsADifferentOrderWithTheSameKey() {
		Reply first = order(TEA, this.key);
		Reply other = order(Orders.GOOD.with("amount", "0.02").toString(), this.key);
		assertThat(other).isProblem(422).namesField(KEY);
		assertThat(other.json().path("type").asString()).isEqualTo("/problems/idempotency-key-reused");
		assertThat(order(TEA, this.key)).repeats(first);
		assertPlaced(1);
	}

	@Test
	void keysOfDifferentUsersAreIndependent() {
		Reply anns = order(TEA, this.key);
		Reply bobs = send(this.bob, TEA, this.key);
		assertThat(bobs).isJson(201);
		assertThat(bobs.header("Location")).isNotEqualTo(anns.header("Location"));
	}

	@Test
	void acceptsTheKeyOfARejectedRequest() {
		assertThat(order("{", this.key)).isProblem(400);
		assertThat(order(Orders.GOOD.with("amount", "0").toString(), this.key)).isProblem(400);
		assertThat(order(Orders.GOOD.with("amount", "10000.01").toString(), this.key)).isProblem(422);
		assertThat(order(TEA, this.key)).isJson(201);
		assertPlaced(1);
	}

	@ParameterizedTest
	@MethodSource
	void rejectsMalformedKeys(String malformed) {
		assertThat(order(TEA, malformed)).isProblem(400).namesField(KEY);
		assertPlaced(0);
	}

	static List<String> rejectsMalformedKeys() {
		return List.of("", "\"\"", "k".repeat(256), "two words", "a,b", "\"a", "a\"", "\"a\";p=1", "\"a\\b\"", "a\tb");
	}

	@Test
	void rejectsTwoKeys() {
		assertThat(order(TEA, this.key, this.key)).isProblem(400).namesField(KEY);
		assertThat(order(TEA, this.key, "other")).isProblem(400).namesField(KEY);
		assertPlaced(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\u0001b", "a\u007fb", "ключ", "\"é\"" })
	void rejectsKeysThatAreNotPrintableAscii(String malformed) {
		Reply reply = Wire.exchange(this.platform.gateway(), "POST /orders HTTP/1.1", TEA,
				"Content-Type: application/json", "Content-Length: " + TEA.length(),
				"Authorization: Bearer " + this.ann.token(), KEY + ": " + malformed);
		assertThat(reply).isProblem(400);
		assertPlaced(0);
	}

	private void assertPlaced(int count) {
		assertThat(placed(this.ann) - this.placedBefore).isEqualTo(count);
	}

	private static int placed(ClientAccount account) {
		return account.client().orders("limit=100").expect(200).as(OrdersPage.class).items().size();
	}

	private Reply order(String body, String... keys) {
		return send(this.ann, body, keys);
	}

	private static Reply send(ClientAccount account, String body, String... keys) {
		HttpRequest.Builder request = account.client().request("/orders").header("Content-Type", "application/json");
		for (String key : keys) {
			request.header(KEY, key);
		}
		return account.client().send(request.POST(BodyPublishers.ofString(body)));
	}

}
