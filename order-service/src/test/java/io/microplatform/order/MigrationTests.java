package io.microplatform.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.starter.test.Migration;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import io.microplatform.starter.test.Topics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A release may add a column to any table, drop one that nothing uses, or change the type
 * of one, while the release before it serves.
 */
@ServiceTest
@Import(TestTokens.class)
class MigrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final int CLIENTS = 8;

	/** So many that the connections of the pool have prepared each statement. */
	private static final int ENOUGH = 120;

	private final int port;

	private final TokenProperties tokens;

	private final MeterRegistry meters;

	private final Migration migration;

	private final AtomicInteger rounds = new AtomicInteger();

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean over;

	MigrationTests(@LocalServerPort int port, TokenProperties tokens, MeterRegistry meters, JdbcClient jdbc) {
		this.port = port;
		this.tokens = tokens;
		this.meters = meters;
		this.migration = new Migration(jdbc);
	}

	@AfterEach
	void asBefore() {
		this.migration.dropColumn();
		this.migration.change("orders", "alter column product type text");
	}

	@Test
	void noRequestFailsWhileColumnsComeAndGo() throws Exception {
		assertThat(this.migration.tables()).contains("orders", "outbox", "inbox", "idempotency_keys");
		double retried = retried();
		List<Future<?>> clients = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < CLIENTS; i++) {
				clients.add(threads.submit(this::callUntilOver));
			}
			try {
				awaitMoreRounds();
				this.migration.addColumn();
				awaitMoreRounds();
				this.migration.dropColumn();
				awaitMoreRounds();
				this.migration.change("orders", "alter column product type varchar(300)");
				awaitMoreRounds();
			}
			finally {
				this.over = true;
			}
		}
		for (Future<?> client : clients) {
			client.get();
		}
		assertThat(this.failures).isEmpty();
		assertThat(retried()).as("attempts at events that failed").isEqualTo(retried);
	}

	private void awaitMoreRounds() {
		int before = this.rounds.get();
		await().atMost(PATIENCE).until(() -> this.rounds.get() >= before + ENOUGH);
	}

	private boolean callUntilOver() throws Exception {
		Customer customer = Customer.any(this.tokens);
		while (!this.over) {
			long id = place(customer, Map.of());
			call(customer, HttpMethod.GET, "/orders/" + id);
			call(customer, HttpMethod.GET, "/orders?status=PENDING");
			call(customer, HttpMethod.POST, "/orders/" + id + "/cancel");
			long keyed = place(customer, Map.of("Idempotency-Key", UUID.randomUUID().toString()));
			Topics.publish("credit", UUID.randomUUID(), "credit.reserved", customer.id(),
					String.format(Locale.ROOT, "{\"orderId\":%d}", keyed));
			this.rounds.incrementAndGet();
		}
		return true;
	}

	private long place(Customer customer, Map<String, String> headers) {
		ResponseEntity<String> answer = customer.orders(this.port, Customer.TEA, headers);
		if (answer.getStatusCode().value() != 201) {
			this.failures.add("place " + answer);
			return 0;
		}
		String location = Objects.requireNonNull(answer.getHeaders().getLocation()).toString();
		return Long.parseLong(location.substring("/orders/".length()));
	}

	private void call(Customer customer, HttpMethod method, String uri) {
		ResponseEntity<String> answer = customer.call(this.port, method, uri);
		if (answer.getStatusCode().value() != 200) {
			this.failures.add(method + " " + uri + " " + answer);
		}
	}

	private double retried() {
		return this.meters.find("consumer.retries").counters().stream().mapToDouble(Counter::count).sum();
	}

}
