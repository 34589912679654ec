package io.microplatform.order;

import java.math.BigDecimal;

import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.token.TokenProperties;
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
class OrderMetricsTests {

	private final OrderClient ann;

	private final OrderService orders;

	private final OrderMetrics metrics;

	private final MeterRegistry meters;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	OrderMetricsTests(@LocalServerPort int port, TokenProperties tokens, OrderService orders, OrderMetrics metrics,
			MeterRegistry meters, JdbcClient jdbc, PlatformTransactionManager transactions) {
		this.ann = OrderClient.somebodyNew(port, tokens);
		this.orders = orders;
		this.metrics = metrics;
		this.meters = meters;
		this.jdbc = jdbc;
		this.transaction = new TransactionTemplate(transactions);
	}

	@Test
	void everyChangeOfStatusIsCountedOnce() throws Exception {
		double placed = changes("pending");
		double cancelled = changes("cancelled");
		long id = this.ann.place();
		assertThat(changes("pending")).isEqualTo(placed + 1);
		this.ann.cancel(id);
		this.ann.cancel(id);
		assertThat(changes("cancelled")).isEqualTo(cancelled + 1);
	}

	@Test
	void theTimeUntilTheConfirmationIsMeasured() throws Exception {
		long before = this.meters.get("orders.confirmation").timer().count();
		long id = this.ann.place();
		this.ann.credit("credit.reserved", id);
		await().until(() -> this.ann.status(id).equals("CONFIRMED"));
		await().until(() -> this.meters.get("orders.confirmation").timer().count() > before);
	}

	@Test
	void aTransactionThatIsRolledBackIsNotCounted() {
		double before = changes("pending");
		this.transaction.executeWithoutResult((status) -> {
			this.orders.place(this.ann.user(), new PlaceOrderRequest("tea", BigDecimal.ONE));
			status.setRollbackOnly();
		});
		assertThat(changes("pending")).isEqualTo(before);
	}

	@Test
	void theAgeIsThatOfTheOldestPendingOrder() {
		long id = this.ann.place();
		this.jdbc.sql("update orders set created_at = now() - interval '2 days' where id = :id")
			.param("id", id)
			.update();
		this.metrics.run();
		assertThat(gauge("orders.pending")).isPositive();
		assertThat(gauge("orders.pending.age")).isBetween(172_800.0, 172_900.0);
		this.ann.cancel(id);
		this.metrics.run();
		assertThat(gauge("orders.pending.age")).isLessThan(172_800.0);
	}

	private double changes(String status) {
		return this.meters.get("orders.status.changes").tag("status", status).counter().count();
	}

	private double gauge(String name) {
		return this.meters.get(name).gauge().value();
	}

}
