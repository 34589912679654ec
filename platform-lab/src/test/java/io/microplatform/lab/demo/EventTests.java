package io.microplatform.lab.demo;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class EventTests {

	@Test
	void anEventBelongsToItsOrder() {
		Event event = event("order.created", "{\"orderId\":17}");
		assertThat(event.isAbout(17)).isTrue();
		assertThat(event.isAbout(18)).isFalse();
		assertThat(event.line()).contains("order.created", "orderId");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "null", "[]", "17", "{", "{\"orderId\":\"seventeen\"}" })
	void aMalformedMessageBelongsToNoOrder(@Nullable String data) {
		Event event = event(null, data);
		assertThat(event.isAbout(17)).isFalse();
		assertThat(event.line()).contains("orders");
	}

	private static Event event(@Nullable String type, @Nullable String data) {
		ConsumerRecord<String, String> message = new ConsumerRecord<>("orders", 0, 0, null, data);
		message.headers().add("ce_type", (type != null) ? type.getBytes(UTF_8) : null);
		return Event.of(message);
	}

}
