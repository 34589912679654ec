package io.microplatform.starter.event;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.awaitility.Awaitility.await;

/**
 * Benchmark of the outbox. It runs only on request, see docs/benchmarks.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxBenchmark {

	private static final int BACKLOG = 100_000;

	private RunningService service;

	private JdbcClient jdbc;

	@BeforeAll
	void start() {
		// What a look costs, not how long one waits for the next.
		this.service = FreshDatabase.create().service(Map.of("platform.outbox.linger", "0"));
		this.jdbc = this.service.jdbc();
	}

	@AfterAll
	void stop() {
		this.service.close();
	}

	@AfterEach
	void empty() {
		this.jdbc.sql("truncate outbox").update();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 100_000, 1 })
	void aBacklogIsRelayed(int keys) {
		OutboxRelay relay = this.service.get(OutboxRelay.class);
		relay.stop();
		fill(BACKLOG, keys);
		long cpu = cpuMillis();
		long start = System.nanoTime();
		relay.start();
		await().atMost(Duration.ofMinutes(10))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> OutboxBacklog.in(this.jdbc).events() == 0);
		double seconds = (System.nanoTime() - start) / 1e9;
		print(String.format(Locale.ROOT,
				"%,d events of %,d keys in %.1f s: %,.0f/s, with %.1f s of CPU in this process", BACKLOG, keys, seconds,
				BACKLOG / seconds, (cpuMillis() - cpu) / 1000.0));
	}

	@Test
	void anEventIsRelayedAtOnce() {
		for (int i = 0; i < 200; i++) {
			this.service.commit(1, i, i);
			await().until(() -> !this.service.isWaiting(1));
		}
		List<Double> millis = this.jdbc.sql("""
				select extract(epoch from published_at - occurred_at) * 1000 as millis from outbox
				order by 1""").query((row, number) -> row.getDouble("millis")).list();
		print(String.format(Locale.ROOT, "appended to marked as published, milliseconds: p50 %.1f, p90 %.1f, p99 %.1f",
				millis.get(100), millis.get(180), millis.get(198)));
	}

	@Test
	void theBacklogIsMeasuredInNoTime() {
		this.service.get(OutboxRelay.class).stop();
		fill(1_000_000, 1000);
		OutboxBacklog.in(this.jdbc);
		long start = System.nanoTime();
		OutboxBacklog.in(this.jdbc);
		print(String.format(Locale.ROOT, "1,000,000 waiting events are measured in %.1f ms",
				(System.nanoTime() - start) / 1e6));
		empty();
		this.service.get(OutboxRelay.class).start();
	}

	private void fill(int count, int keys) {
		for (int from = 0; from < count; from += 10_000) {
			this.jdbc.sql("""
					insert into outbox (event_id, topic, message_key, type, data, occurred_at)
					select gen_random_uuid(), 'orders', (n % :keys)::text, 'benchmark.done', :data, now()
					from generate_series(:from, :from + 9999) n""")
				.param("keys", keys)
				.param("data",
						"{\"orderId\":1,\"userId\":1,\"product\":\"coffee\",\"amount\":1.00,\"status\":\"PENDING\"}")
				.param("from", from)
				.update();
		}
	}

	private static long cpuMillis() {
		return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
	}

	private static void print(String figures) {
		System.out.println("MEASURED " + figures);
	}

}
