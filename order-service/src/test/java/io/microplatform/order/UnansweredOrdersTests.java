package io.microplatform.order;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.starter.security.TokenProperties;
import io.microplatform.starter.test.AnotherInstance;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
@Import(TestTokens.class)
class UnansweredOrdersTests {

	private final OrderClient ann;

	private final JdbcClient jdbc;

	private final UnansweredOrders here;

	private final MeterRegistry meters;

	UnansweredOrdersTests(@LocalServerPort int port, TokenProperties tokens, JdbcClient jdbc, UnansweredOrders here,
			MeterRegistry meters) {
		this.ann = OrderClient.somebodyNew(port, tokens);
		this.jdbc = jdbc;
		this.here = here;
		this.meters = meters;
	}

	@Test
	void creditIsAskedForAgainUntilThereIsAnAnswer() throws Exception {
		double before = this.meters.counter("orders.asked.again").count();
		long id = this.ann.place();
		for (int asked = 2; asked <= 3; asked++) {
			makeDue(id);
			assertThat(this.ann.events(asked)).hasSize(asked).containsOnly("order.created");
			assertThat(this.ann.status(id)).isEqualTo("PENDING");
		}
		this.ann.credit("credit.reserved", id);
		await().until(() -> this.ann.status(id).equals("CONFIRMED"));
		assertThat(isWaiting(id)).isFalse();
		assertThat(this.meters.counter("orders.asked.again").count()).isGreaterThanOrEqualTo(before + 2);
	}

	@Test
	void theReleaseIsAskedForAgainUntilThereIsAnAnswer() throws Exception {
		long id = this.ann.place();
		this.ann.cancel(id);
		makeDue(id);
		assertThat(this.ann.events(3)).containsExactly("order.created", "order.cancelled", "order.cancelled");
		this.ann.credit("credit.refused", id);
		this.ann.credit("credit.released", id);
		await().until(() -> !isWaiting(id));
		assertThat(this.ann.status(id)).isEqualTo("CANCELLED");
	}

	@Test
	void aRejectedOrderWaitsForNothing() throws Exception {
		long id = this.ann.place();
		assertThat(isWaiting(id)).isTrue();
		this.ann.credit("credit.refused", id);
		await().until(() -> this.ann.status(id).equals("REJECTED"));
		assertThat(isWaiting(id)).isFalse();
	}

	@Test
	void instancesThatLookAtOnceAskOnceForEach() throws Exception {
		List<Long> ids = IntStream.range(0, 40).mapToObj((i) -> this.ann.place()).toList();
		try (AnotherInstance other = AnotherInstance.of(OrderService.class, TestTokens.class);
				ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			UnansweredOrders there = other.bean(UnansweredOrders.class);
			ids.forEach(this::makeDue);
			threads.invokeAll(IntStream.range(0, 4)
				.boxed()
				.flatMap((i) -> Stream.of(this.here, there))
				.map((instance) -> Executors.callable(instance::askAgain))
				.toList());
		}
		long last = this.ann.place();
		this.ann.cancel(last);
		List<String> events = this.ann.events(82);
		assertThat(events).hasSize(82).endsWith("order.created", "order.cancelled");
	}

	private void makeDue(long id) {
		this.jdbc.sql("update orders set ask_again_at = now() - interval '1 second' where id = :id")
			.param("id", id)
			.update();
	}

	private boolean isWaiting(long id) {
		return this.jdbc.sql("select ask_again_at is not null from orders where id = :id")
			.param("id", id)
			.query(Boolean.class)
			.single();
	}

}
