package io.microplatform.order;

import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CachedOrderTests {

	/** Fails when a component changes, to remind of the version. */
	@Test
	void theComponentsAreThoseOfTheVersion() {
		assertThat(CachedOrder.VERSION).isEqualTo(1);
		assertThat(Stream.of(CachedOrder.class.getRecordComponents()).map(RecordComponent::toString)).containsExactly(
				"long id", "long userId", "java.lang.String product", "java.math.BigDecimal amount",
				"io.microplatform.order.Order$Status status", "java.lang.String reason", "java.time.Instant createdAt",
				"java.time.Instant updatedAt");
	}

}
