package io.microplatform.lab.audit;

import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class OrderEventsTests {

	private static final String ID = "0198f1d2-0000-7000-8000-000000000001";

	private static final String OTHER_ID = "0198f1d2-0000-7000-8000-000000000002";

	private final OrderEvents events = new OrderEvents();

	private long offset;

	@Test
	void countsTheOutcomeOfEachOrder() {
		add("order.created", ID, "{\"orderId\":1}");
		add("order.confirmed", ID, "{\"userId\":7,\"more\":{\"orderId\":5},\"orderId\":1}");
		add("order.confirmed", ID, "{\"orderId\":1}");
		add("order.created", ID, "{\"orderId\":2}");
		assertThat(this.events.outcomes().offences()).isEmpty();
		assertThat(this.events.outcomes().counted()).isOne();
		assertThat(this.events.readable(Set.of()).offences()).isEmpty();
		assertThat(this.events.readable(Set.of()).counted()).isEqualTo(4);
	}

	@Test
	void findsTwoOutcomesOfAnOrder() {
		add("order.confirmed", ID, "{\"orderId\":1}");
		add("order.rejected", OTHER_ID, "{\"orderId\":1}");
		assertThat(this.events.outcomes().offences()).singleElement().asString().contains("order 1:", ID, OTHER_ID);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "null", "[]", "17", "{", "{}", "{\"orderId\":\"17\"}", "{\"orderId\":1.5}",
			"{\"orderId\":null}", "{\"orderId\":99999999999999999999}", "{\"more\":{\"orderId\":5}}", "\u00ff" })
	void findsInvalidData(@Nullable String data) {
		add("order.created".getBytes(UTF_8), ID.getBytes(UTF_8), (data != null) ? data.getBytes(ISO_8859_1) : null);
		assertThatOnlyThisMessageIsReported();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "17", "\u00ff" })
	void findsAnInvalidId(@Nullable String id) {
		add("order.confirmed".getBytes(UTF_8), (id != null) ? id.getBytes(ISO_8859_1) : null,
				"{\"orderId\":1}".getBytes(UTF_8));
		assertThatOnlyThisMessageIsReported();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = "\u00ff")
	void findsAnInvalidType(@Nullable String type) {
		add((type != null) ? type.getBytes(ISO_8859_1) : null, ID.getBytes(UTF_8), "{\"orderId\":1}".getBytes(UTF_8));
		assertThatOnlyThisMessageIsReported();
	}

	@Test
	void findsAMessageWithoutHeaders() {
		this.events.add(record(new RecordHeaders(), "{\"orderId\":1}".getBytes(UTF_8)));
		assertThatOnlyThisMessageIsReported();
	}

	private void assertThatOnlyThisMessageIsReported() {
		add("order.confirmed", ID, "{\"orderId\":2}");
		assertThat(this.events.areReadable()).isFalse();
		assertThat(this.events.readable(Set.of()).offences()).singleElement()
			.asString()
			.startsWith("message orders/3/0: it");
		assertThat(this.events.readable(Set.of("orders/3/0")).offences()).isEmpty();
		assertThat(this.events.outcomes().counted()).isOne();
	}

	private void add(String type, String id, String data) {
		add(type.getBytes(UTF_8), id.getBytes(UTF_8), data.getBytes(UTF_8));
	}

	private void add(byte @Nullable [] type, byte @Nullable [] id, byte @Nullable [] data) {
		RecordHeaders headers = new RecordHeaders();
		headers.add("ce_type", type).add("ce_id", id);
		this.events.add(record(headers, data));
	}

	private ConsumerRecord<byte[], byte[]> record(RecordHeaders headers, byte @Nullable [] data) {
		return new ConsumerRecord<>("orders", 3, this.offset++, 0, TimestampType.CREATE_TIME, 1, 1, "1".getBytes(UTF_8),
				data, headers, Optional.empty());
	}

}
