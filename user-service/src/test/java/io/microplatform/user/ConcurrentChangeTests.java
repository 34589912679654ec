package io.microplatform.user;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.Topics;
import io.microplatform.user.UserClient.Answer;
import io.microplatform.user.UserClient.Person;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
class ConcurrentChangeTests {

	private static final int TIMES = 20;

	private final JdbcClient jdbc;

	private final UserClient users;

	private final Person ann;

	private final String administrator;

	ConcurrentChangeTests(@LocalServerPort int port, JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.users = new UserClient(port);
		this.ann = this.users.person();
		this.administrator = this.users.administrator();
	}

	@Test
	void theLimitTakesTheAvailableCreditWithIt() throws Exception {
		order("400.00");
		await().until(() -> reserved().compareTo(new BigDecimal("400.00")) == 0);
		Answer raised = limit("2000.50");
		assertThat(raised.body().get("creditLimit").decimalValue()).isEqualByComparingTo("2000.50");
		assertThat(raised.body().get("creditAvailable").decimalValue()).isEqualByComparingTo("1600.50");
		assertThat(limit("400").body().get("creditAvailable").decimalValue()).isEqualByComparingTo("0.00");
		Answer refused = limit("399.99");
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.body().get("type").asString()).isEqualTo("/problems/conflict");
		assertBalanced();
	}

	@Test
	void changesOfTheLimitAndReservationsAtOnceLoseNothing() throws Exception {
		Stream<Callable<Integer>> orders = IntStream.range(0, TIMES).mapToObj((i) -> () -> {
			order("10.00");
			cancel(order("20.00"), "20.00");
			return 200;
		});
		Stream<Callable<Integer>> limits = IntStream.range(0, TIMES).mapToObj((i) -> () -> {
			assertBalanced();
			return limit(Integer.toString(1000 + i)).status();
		});
		assertThat(atOnce(Stream.concat(orders, limits).toList())).containsOnly(200);
		// The same key, hence the same partition: when this one is reserved, the others
		// are through.
		order("1.00");
		await().until(() -> reserved().compareTo(new BigDecimal("201.00")) == 0);
		assertBalanced();
		Answer read = this.users.get(this.ann.path(), this.ann.token());
		assertThat(read.body().get("creditLimit").decimalValue().subtract(new BigDecimal("201.00")))
			.isEqualByComparingTo(read.body().get("creditAvailable").decimalValue());
	}

	@Test
	void differentMembersChangedAtOnceAllChange() throws Exception {
		atOnce(List.of(() -> this.users.patch(this.ann.id(), this.ann.token(), "{\"name\":\"Ann\"}").status(),
				() -> limit("1234.56").status(),
				() -> this.users.patch(this.ann.id(), this.administrator, "{\"role\":\"ADMIN\"}").status()));
		Answer read = this.users.get(this.ann.path(), this.administrator);
		assertThat(read.body().get("name").asString()).isEqualTo("Ann");
		assertThat(read.body().get("creditLimit").decimalValue()).isEqualByComparingTo("1234.56");
		assertThat(read.body().get("role").asString()).isEqualTo("ADMIN");
	}

	@Test
	void ofManyChangesOfOneVersionOneSucceeds() throws Exception {
		String etag = this.users.get(this.ann.path(), this.ann.token()).etag();
		List<Integer> statuses = atOnce(IntStream.range(0, TIMES)
			.<Callable<Integer>>mapToObj((i) -> () -> patchIfMatch(etag, "Ann " + i).status())
			.toList());
		assertThat(statuses).filteredOn((status) -> status == 200).hasSize(1);
		assertThat(statuses).filteredOn((status) -> status == 412).hasSize(TIMES - 1);
	}

	@Test
	void aChangeOfAnotherVersionIsRefused() {
		String etag = this.users.get(this.ann.path(), this.ann.token()).etag();
		assertThat(patchIfMatch("\"other\"", "Ann").body().get("type").asString())
			.isEqualTo("/problems/precondition-failed");
		assertThat(patchIfMatch("W/" + etag, "Ann").status()).isEqualTo(412);
		assertThat(patchIfMatch("no entity tag", "Ann").status()).isEqualTo(412);
		assertThat(patchIfMatch("\"other\", " + etag, "Ann").status()).isEqualTo(200);
		assertThat(patchIfMatch(etag, "Bea").status()).isEqualTo(412);
		assertThat(patchIfMatch("*", "Bea").status()).isEqualTo(200);
	}

	private Answer patchIfMatch(String header, String name) {
		return this.users.call(HttpMethod.PATCH, this.ann.path(), this.ann.token(), "{\"name\":\"" + name + "\"}",
				"If-Match: " + header);
	}

	private Answer limit(String limit) {
		return this.users.patch(this.ann.id(), this.administrator, "{\"creditLimit\":" + limit + "}");
	}

	private long order(String amount) throws Exception {
		long order = ThreadLocalRandom.current().nextLong(1, 1L << 53);
		publish("order.created", order, amount);
		return order;
	}

	private void cancel(long order, String amount) throws Exception {
		publish("order.cancelled", order, amount);
	}

	private void publish(String type, long order, String amount) throws Exception {
		Topics.publish("orders", UUID.randomUUID(), type, this.ann.id(), String.format(Locale.ROOT,
				"{\"orderId\":%d,\"userId\":%d,\"amount\":%s}", order, this.ann.id(), amount));
	}

	private BigDecimal reserved() {
		return this.jdbc.sql("select coalesce(sum(amount), 0) from reservation where user_id = :id")
			.param("id", this.ann.id())
			.query(BigDecimal.class)
			.single();
	}

	private void assertBalanced() {
		assertThat(this.jdbc.sql("""
				select credit_limit = credit_available
				       + (select coalesce(sum(amount), 0) from reservation where user_id = users.id)
				from users where id = :id""").param("id", this.ann.id()).query(Boolean.class).single()).isTrue();
	}

	private static List<Integer> atOnce(List<Callable<Integer>> calls) throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
		}
	}

}
