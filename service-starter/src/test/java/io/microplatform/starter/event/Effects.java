package io.microplatform.starter.event;

import java.util.List;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A consumer of the tests' events, with an effect that can be counted.
 */
final class Effects {

	private final RunningService service;

	private final EventConsumer consumer;

	Effects(RunningService service) {
		this.service = service;
		service.jdbc().sql("""
				create table effect (
					id bigint generated always as identity primary key,
					number bigint not null
				)""").update();
		this.consumer = service.get(Inbox.class)
			.consumer("effects")
			.on(RunningService.TYPE, Counted.class,
					(event) -> service.jdbc()
						.sql("insert into effect (number) values (:number)")
						.param("number", event.number())
						.update());
	}

	/** Applies what was published, in its order and with its duplicates. */
	void apply(Published published) {
		published.messages().forEach(this.consumer);
	}

	void assertAppliedInOrder(long last) {
		assertThat(applied()).containsExactlyElementsOf(LongStream.rangeClosed(1, last).boxed().toList());
	}

	List<Long> applied() {
		return this.service.jdbc()
			.sql("select number from effect order by id")
			.query((row, count) -> row.getLong("number"))
			.list();
	}

	/**
	 * The data of an event.
	 *
	 * @param number tells it from others
	 */
	record Counted(long number) {
	}

}
