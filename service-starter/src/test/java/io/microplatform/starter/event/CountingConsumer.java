package io.microplatform.starter.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.microplatform.starter.event.Effects.Counted;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.event.ConsumerRetryAuthEvent;
import org.springframework.messaging.Message;

/**
 * Applies the tests' events, unless it is told to fail.
 */
@TestConfiguration(proxyBeanMethods = false)
class CountingConsumer {

	private final Map<Long, Trouble> troubles = new ConcurrentHashMap<>();

	private final AtomicInteger refusals = new AtomicInteger();

	private final JdbcClient jdbc;

	CountingConsumer(JdbcClient jdbc) {
		this.jdbc = jdbc;
		jdbc.sql("""
				create table if not exists effect (
					id bigint generated always as identity primary key,
					number bigint not null
				)""").update();
	}

	@Bean
	Consumer<Message<byte[]>> counted(Inbox inbox) {
		return inbox.consumer("counted").on(RunningService.TYPE, Counted.class, this::apply);
	}

	private void apply(Counted event) {
		this.jdbc.sql("insert into effect (number) values (:number)").param("number", event.number()).update();
		Trouble trouble = this.troubles.get(event.number());
		if (trouble != null) {
			trouble.happen();
		}
	}

	/** Lets the next attempts at an event fail, after its effect. */
	void fail(long number, int times, Supplier<RuntimeException> failure) {
		this.troubles.put(number, new Trouble(new AtomicInteger(times), failure));
	}

	void recover(long number) {
		this.troubles.remove(number);
	}

	/** Counts how often the broker refused it something. */
	@EventListener
	void refused(ConsumerRetryAuthEvent event) {
		this.refusals.incrementAndGet();
	}

	int refusals() {
		return this.refusals.get();
	}

	List<Long> applied() {
		return this.jdbc.sql("select number from effect order by id")
			.query((row, count) -> row.getLong("number"))
			.list();
	}

	private record Trouble(AtomicInteger left, Supplier<RuntimeException> failure) {

		void happen() {
			if (this.left.getAndDecrement() > 0) {
				throw this.failure.get();
			}
		}

	}

}
