package io.microplatform.starter.event;

import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An instance of the service in this JVM.
 */
final class RunningService implements AutoCloseable {

	static final String TOPIC = "orders";

	static final String TYPE = "test.counted";

	private final ConfigurableApplicationContext context;

	private RunningService(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts one.
	 * @param properties what differs from the configuration
	 * @param additions what it has besides outbox and inbox
	 */
	static RunningService start(Map<String, String> properties, Class<?>... additions) {
		Class<?>[] sources = Stream.concat(Stream.of(EventService.class), Stream.of(additions))
			.toArray(Class<?>[]::new);
		return new RunningService(SpringApplication.run(sources, EventService.arguments(properties)));
	}

	<T> T get(Class<T> bean) {
		return this.context.getBean(bean);
	}

	String[] names(Class<?> type) {
		return this.context.getBeanNamesForType(type);
	}

	JdbcClient jdbc() {
		return get(JdbcClient.class);
	}

	void inTransaction(Runnable work) {
		new TransactionTemplate(get(PlatformTransactionManager.class)).executeWithoutResult((status) -> work.run());
	}

	/** Appends an event with that number to the current transaction. */
	void append(long key, long number) {
		get(Outbox.class).append(TOPIC, key, TYPE, Map.of("number", number));
	}

	/** Commits events with the numbers from first to last, each in its transaction. */
	void commit(long key, long first, long last) {
		for (long number = first; number <= last; number++) {
			long next = number;
			inTransaction(() -> append(key, next));
		}
	}

	/** How many events of those keys are not marked as published. */
	long waiting(LongPredicate keys) {
		return jdbc().sql("select message_key from outbox where published_at is null")
			.query((row, number) -> row.getLong("message_key"))
			.list()
			.stream()
			.filter(keys::test)
			.count();
	}

	boolean isWaiting(long key) {
		return waiting((other) -> other == key) > 0;
	}

	/** How many events had that outcome. */
	double counted(String outcome) {
		return get(MeterRegistry.class).get("outbox.events").tag("outcome", outcome).counter().count();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
