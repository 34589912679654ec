package io.microplatform.starter.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three instances that append and relay together. None of them looks at the clock, so
 * that a wake-up that got lost would show.
 */
class OutboxOrderTests {

	private static final int KEYS = 20;

	private static final int WRITERS = 6;

	private static final int TRANSACTIONS = 100;

	private final long firstKey = ThreadLocalRandom.current().nextLong(1L << 52);

	private final FreshDatabase database = FreshDatabase.create();

	private final List<RunningService> services = new ArrayList<>();

	@BeforeEach
	void start() {
		IntStream.range(0, 3)
			.forEach((i) -> this.services.add(this.database.service(Map.of("platform.outbox.poll-interval", "1h"))));
		this.services.getFirst()
			.jdbc()
			.sql("create table counter (key bigint primary key, value bigint not null)")
			.update();
	}

	@AfterEach
	void stop() {
		this.services.forEach(RunningService::close);
	}

	@Test
	void everyKeyKeepsTheOrderOfItsTransactions() throws ExecutionException, InterruptedException {
		List<Future<?>> writers = new ArrayList<>();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			IntStream.range(0, WRITERS).forEach((writer) -> writers.add(executor.submit(() -> write(writer))));
		}
		for (Future<?> writer : writers) {
			writer.get();
		}
		RunningService any = this.services.getFirst();
		await().atMost(Duration.ofSeconds(30)).until(() -> any.waiting(this::isOurs) == 0);
		Published published = Published.of(this::isOurs);
		assertThat(published.records()).hasSize(WRITERS * TRANSACTIONS);
		Map<Long, Long> counters = any.jdbc()
			.sql("select key, value from counter")
			.query((row, number) -> Map.entry(row.getLong("key"), row.getLong("value")))
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		counters.forEach(published::assertCountsUp);
	}

	/**
	 * The transaction that counts holds the key's row until the end of its transaction:
	 * the numbers are in the order of the commits.
	 */
	private void write(int writer) {
		Random random = new Random(writer);
		for (int i = 0; i < TRANSACTIONS; i++) {
			RunningService service = this.services.get(random.nextInt(this.services.size()));
			long key = this.firstKey + random.nextInt(KEYS);
			service.inTransaction(() -> {
				long next = service.jdbc()
					.sql("""
							insert into counter values (:key, 1)
							on conflict (key) do update set value = counter.value + 1 returning value""")
					.param("key", key)
					.query(Long.class)
					.single();
				service.append(key, next);
			});
		}
	}

	private boolean isOurs(long key) {
		return key >= this.firstKey && key < this.firstKey + KEYS;
	}

}
