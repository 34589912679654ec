package io.microplatform.user.credit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.microplatform.starter.test.AnotherInstance;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.Topics;
import io.microplatform.user.UserServiceApplication;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.messaging.Message;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

/**
 * Many threads of two instances at once, all on one user's credit.
 */
@ServiceTest
class CreditRaceTests {

	private static final int THREADS = 16;

	private static final String CREATED = "order.created";

	private static final String CANCELLED = "order.cancelled";

	private static final JsonMapper JSON = JsonMapper.shared();

	private static AnotherInstance other;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final CreditBooks ann;

	private final List<Consumer<Message<byte[]>>> instances;

	@SuppressWarnings("unchecked")
	CreditRaceTests(JdbcClient jdbc, TransactionTemplate transaction, Consumer<Message<byte[]>> orderEvents) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.ann = new CreditBooks(jdbc, "1000.00");
		this.instances = List.of(orderEvents, other.bean("orderEvents", Consumer.class));
	}

	@BeforeAll
	static void start() {
		other = AnotherInstance.of(UserServiceApplication.class);
	}

	@AfterAll
	static void stop() {
		other.close();
	}

	@Test
	void anOrderWaitsForTheOneBeforeItAndGetsWhatThatLeaves() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> second = this.transaction.execute((status) -> {
				this.instances.getFirst().accept(this.ann.event(CREATED, CreditBooks.newOrder(), "600.00"));
				Future<?> waiting = threads.submit(() -> this.instances.getLast()
					.accept(this.ann.event(CREATED, CreditBooks.newOrder(), "600.00")));
				await().pollInSameThread().until(this::somebodyWaitsForThisTransaction);
				return waiting;
			});
			second.get();
		}
		assertThat(this.ann.reservations()).hasSize(1);
		assertThat(this.ann.available()).isEqualTo("400.00");
	}

	@Test
	void asManyOrdersAreReservedAsThereIsCreditFor() throws Exception {
		deliver(orders(200).map((order) -> this.ann.event(CREATED, order, "20.00")).toList());
		assertFiftyReserved();
	}

	@Test
	void soTheyAreWhenTheyComeThroughKafka() throws Exception {
		for (long order : orders(200).toList()) {
			Topics.publish("orders", UUID.randomUUID(), CREATED, this.ann.user(), this.ann.data(order, "20.00"));
		}
		assertFiftyReserved();
	}

	@Test
	void whateverComesInWhateverOrderAndHoweverOften() throws Exception {
		List<Long> kept = orders(40).toList();
		List<Long> cancelled = orders(40).toList();
		List<Message<byte[]>> events = Stream.of(kept, cancelled, kept, cancelled)
			.flatMap(List::stream)
			.map((order) -> this.ann.event(CREATED, order, "20.00"))
			.collect(Collectors.toCollection(ArrayList::new));
		cancelled.forEach((order) -> events.add(this.ann.event(CANCELLED, order, "20.00")));
		List<Message<byte[]>> twice = new ArrayList<>(events);
		twice.addAll(events);
		Collections.shuffle(twice, new Random(4711));
		deliver(twice);
		Map<Long, Set<String>> answers = this.ann.answers(events.size())
			.stream()
			.collect(Collectors.groupingBy(CreditRaceTests::order,
					Collectors.mapping(CreditRaceTests::type, Collectors.toSet())));
		assertThat(kept).allSatisfy((order) -> assertThat(answers.get(order)).hasSize(1));
		assertThat(this.ann.reservations()).containsExactlyElementsOf(
				kept.stream().filter((order) -> Set.of("credit.reserved").equals(answers.get(order))).toList());
	}

	/** Each message once, by whichever thread of whichever instance. */
	private void deliver(List<Message<byte[]>> messages) throws Exception {
		try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			List<Callable<Object>> deliveries = IntStream.range(0, messages.size())
				.mapToObj((i) -> Executors.callable(() -> {
					this.instances.get(i % this.instances.size()).accept(messages.get(i));
					this.ann.assertBalanced();
				}))
				.toList();
			for (Future<Object> delivery : threads.invokeAll(deliveries)) {
				delivery.get();
			}
		}
	}

	private boolean somebodyWaitsForThisTransaction() {
		return this.jdbc.sql(
				"select exists (select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid)))")
			.query(Boolean.class)
			.single();
	}

	private void assertFiftyReserved() {
		assertThat(this.ann.answers(200)
			.stream()
			.collect(Collectors.groupingBy(CreditRaceTests::type, Collectors.counting())))
			.containsOnly(entry("credit.reserved", 50L), entry("credit.refused", 150L));
		assertThat(this.ann.reservations()).hasSize(50);
		assertThat(this.ann.available()).isEqualTo("0.00");
		this.ann.assertBalanced();
	}

	private static Stream<Long> orders(int count) {
		return Stream.generate(CreditBooks::newOrder).limit(count);
	}

	private static String type(ConsumerRecord<String, String> answer) {
		return Topics.header(answer, "ce_type");
	}

	private static long order(ConsumerRecord<String, String> answer) {
		return JSON.readTree(answer.value()).get("orderId").asLong();
	}

}
