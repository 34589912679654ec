package io.microplatform.order;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.event.Outbox;
import io.microplatform.starter.test.AnotherInstance;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ServiceTest
@Import(TestTokens.class)
class UnansweredOrdersTests {

	private final OrderClient ann;

	private final JdbcClient jdbc;

	private final UnansweredOrders here;

	private final MeterRegistry meters;

	private final MeterRegistry own = new SimpleMeterRegistry();

	private final OrderService orders;

	private final Refreshable<AskAgainProperties> properties;

	private final Outbox outbox;

	private final TransactionTemplate transaction;

	UnansweredOrdersTests(@LocalServerPort int port, TokenProperties tokens, JdbcClient jdbc, UnansweredOrders here,
			MeterRegistry meters, OrderService orders, Refreshable<AskAgainProperties> properties, Outbox outbox,
			PlatformTransactionManager transactions) {
		this.ann = OrderClient.somebodyNew(port, tokens);
		this.jdbc = jdbc;
		this.here = here;
		this.meters = meters;
		this.orders = orders;
		this.properties = properties;
		this.outbox = outbox;
		this.transaction = new TransactionTemplate(transactions);
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
		try (AnotherInstance other = AnotherInstance.of(OrderServiceApplication.class, TestTokens.class);
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

	@Test
	void nobodyIsAskedWhileQuestionsDoNotGetOutAndForAWhileAfterThat() {
		Instant begin = Instant.now();
		AtomicLong seconds = new AtomicLong();
		UnansweredOrders slow = new UnansweredOrders(this.orders, this.properties, this.outbox,
				() -> begin.plusSeconds(seconds.get()), ObservationRegistry.NOOP, this.own);
		this.transaction.executeWithoutResult((status) -> {
			lockOutboxOf(this.ann.user());
			makeDue(this.ann.place());
			seconds.set(10);
			slow.askAgain();
			assertThat(askedAgain()).isZero();
		});
		assertThat(this.ann.events(1)).containsExactly("order.created");
		makeDue(this.ann.place());
		seconds.addAndGet(this.properties.get().after().toSeconds() - 1);
		slow.askAgain();
		assertThat(askedAgain()).isZero();
		await().until(() -> {
			// Until it is this one that finds it, and not the one that runs beside it.
			long id = this.ann.place();
			await().until(() -> !this.outbox.isStuckSince(Instant.now()));
			makeDue(id);
			seconds.addAndGet(this.properties.get().after().toSeconds() + 1);
			slow.askAgain();
			return askedAgain() > 0;
		});
	}

	/** As a relay does that is about to send this user's events. */
	private void lockOutboxOf(long user) {
		this.jdbc.sql("select pg_advisory_xact_lock(:space, hashtext(:key) & 63)")
			.param("space", 0x6F757462)
			.param("key", Long.toString(user))
			.query((row, number) -> true)
			.single();
	}

	private double askedAgain() {
		return this.own.counter("orders.asked.again").count();
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
