package io.microplatform.order;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.microplatform.instance.token.TokenProperties;
import io.microplatform.order.OrderClient.Answer;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
@Import(TestTokens.class)
class CancelOrderTests {

	private final int port;

	private final TokenProperties tokens;

	private final OrderClient ann;

	CancelOrderTests(@LocalServerPort int port, TokenProperties tokens) {
		this.port = port;
		this.tokens = tokens;
		this.ann = OrderClient.somebodyNew(port, tokens);
	}

	@Test
	void aPendingOrderIsCancelledAndUserServiceToldOnce() {
		long id = this.ann.place();
		Answer answer = this.ann.cancel(id);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("id", "product", "amount", "status",
				"createdAt", "updatedAt");
		assertThat(answer.body().get("status").asString()).isEqualTo("CANCELLED");
		assertThat(answer.body()).isEqualTo(this.ann.get("/orders/" + id).body());
		assertThat(this.ann.events(2)).containsExactly("order.created", "order.cancelled");
	}

	@Test
	void aConfirmedOrderIsCancelledToo() throws Exception {
		long id = this.ann.place();
		this.ann.credit("credit.reserved", id);
		await().until(() -> this.ann.status(id).equals("CONFIRMED"));
		assertThat(this.ann.cancel(id).body().get("status").asString()).isEqualTo("CANCELLED");
		assertThat(this.ann.status(id)).isEqualTo("CANCELLED");
		assertThat(this.ann.events(3)).containsExactly("order.created", "order.confirmed", "order.cancelled");
	}

	@Test
	void aRejectedOrderCannotBeCancelled() throws Exception {
		long id = this.ann.place();
		this.ann.credit("credit.refused", id);
		await().until(() -> this.ann.status(id).equals("REJECTED"));
		Answer answer = this.ann.cancel(id);
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body().get("type").asString()).isEqualTo("/problems/conflict");
		assertThat(this.ann.status(id)).isEqualTo("REJECTED");
	}

	@Test
	void whoAsksAgainGetsTheSameAnswerAndNothingHappensTwice() {
		long id = this.ann.place();
		Answer first = this.ann.cancel(id);
		assertThat(this.ann.cancel(id)).isEqualTo(first);
		long other = this.ann.place();
		this.ann.cancel(other);
		assertThat(this.ann.events(4)).containsExactly("order.created", "order.cancelled", "order.created",
				"order.cancelled");
	}

	@ParameterizedTest
	@ValueSource(strings = { "credit.reserved", "credit.refused", "credit.released" })
	void whatComesAfterwardsChangesNothing(String type) throws Exception {
		long id = this.ann.place();
		Answer cancelled = this.ann.cancel(id);
		this.ann.credit(type, id);
		this.ann.credit(type, id);
		long other = this.ann.place();
		this.ann.credit("credit.reserved", other);
		// The same key, hence the same partition: when this one is through, the others
		// are.
		await().until(() -> this.ann.status(other).equals("CONFIRMED"));
		assertThat(this.ann.get("/orders/" + id)).isEqualTo(cancelled);
		assertThat(this.ann.events(4)).containsExactly("order.created", "order.cancelled", "order.created",
				"order.confirmed");
	}

	@Test
	void nobodyElseCancelsIt() {
		long id = this.ann.place();
		assertThat(OrderClient.somebodyNew(this.port, this.tokens).cancel(id).status()).isEqualTo(404);
		assertThat(OrderClient.administrator(this.port, this.tokens).cancel(id).status()).isEqualTo(404);
		assertThat(this.ann.status(id)).isEqualTo("PENDING");
		assertThat(this.ann.cancel(1L << 52).status()).isEqualTo(404);
	}

	@Test
	void ofManyAtOnceAllSucceedAndOneIsTold() throws Exception {
		long id = this.ann.place();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads
				.invokeAll(IntStream.range(0, 8).<Callable<Answer>>mapToObj((i) -> () -> this.ann.cancel(id)).toList()))
				.extracting(Future::get)
				.containsOnly(this.ann.cancel(id));
		}
		this.ann.cancel(this.ann.place());
		assertThat(this.ann.events(4)).filteredOn("order.cancelled"::equals).hasSize(2);
	}

	@Test
	void whetherItOvertakesTheReservationOrNotItIsCancelled() throws Exception {
		int times = 20;
		for (int i = 0; i < times; i++) {
			long id = this.ann.place();
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				threads.invokeAll(Stream.<Callable<Integer>>of(() -> {
					this.ann.credit("credit.reserved", id);
					return 200;
				}, () -> this.ann.cancel(id).status()).toList())
					.forEach((status) -> assertThat(status.resultNow()).isEqualTo(200));
			}
			assertThat(this.ann.status(id)).isEqualTo("CANCELLED");
		}
		long last = this.ann.place();
		this.ann.credit("credit.reserved", last);
		await().until(() -> this.ann.status(last).equals("CONFIRMED"));
		assertThat(this.ann.list("status=CANCELLED&limit=100")).hasSize(times);
		assertThat(this.ann.list("status=CONFIRMED")).containsExactly(last);
	}

}
