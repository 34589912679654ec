package io.microplatform.starter.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import brave.Span;
import brave.Tracing;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;
import io.micrometer.tracing.brave.bridge.W3CPropagation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EventTracingTests {

	private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

	private static final String PARENT_ID = "00f067aa0ba902b7";

	private static final String TRACEPARENT = "00-" + TRACE_ID + "-" + PARENT_ID + "-01";

	private final List<MutableSpan> spans = new ArrayList<>();

	private final Tracing braveTracing = Tracing.newBuilder()
		.propagationFactory(new W3CPropagation())
		.addSpanHandler(new SpanHandler() {

			@Override
			public boolean end(TraceContext context, MutableSpan span, Cause cause) {
				return EventTracingTests.this.spans.add(span);
			}

		})
		.build();

	private final EventTracing tracing = new EventTracing(this.braveTracing, null);

	private final OutboxMessage event = new OutboxMessage(1, UUID.randomUUID(), "orders", "7", "order.created",
			"{\"orderId\":12,\"product\":\"\\\"orderId\\\":13\"}", TRACEPARENT, Instant.now().minusSeconds(2), 0);

	@AfterEach
	void close() {
		this.braveTracing.close();
	}

	@Test
	void anEventThatIsPublishedAgainHasTheSameSpan() {
		String first = publish(TRACEPARENT);
		assertThat(publish(TRACEPARENT)).isEqualTo(first).startsWith("00-" + TRACE_ID + "-").endsWith("-01");
		assertThat(this.spans).hasSize(2).allSatisfy((span) -> {
			assertThat(span.name()).isEqualTo("publish order.created");
			assertThat(span.kind()).isEqualTo(Span.Kind.PRODUCER);
			assertThat(span.parentId()).isEqualTo(PARENT_ID);
			assertThat(first).contains("-" + span.id() + "-");
			assertThat(span.startTimestamp())
				.isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, this.event.occurredAt()));
			assertThat(span.tags()).containsEntry("order.id", "12")
				.containsEntry("event.type", "order.created")
				.containsEntry("event.id", this.event.eventId().toString())
				.containsEntry("messaging.destination.name", "orders");
		});
	}

	@Test
	void consumersHaveSpansOfTheirOwn() {
		UUID id = UUID.randomUUID();
		EventSpan credit = EventSpan.processing("credit", "order.created", id, "orders", "{}");
		EventSpan audit = EventSpan.processing("audit", "order.created", id, "orders", "{}");
		assertThat(credit.id()).isNotEqualTo(audit.id());
		assertThat(credit).isEqualTo(EventSpan.processing("credit", "order.created", id, "orders", "{}"));
		assertThat(EventSpan.processing("", "x", new UUID(0, 0), null, "").id()).isNotZero();
	}

	@Test
	void aTraceIsSampledAsAWhole() {
		assertThat(publish(TRACEPARENT.replace("-01", "-00"))).startsWith("00-" + TRACE_ID).endsWith("-00");
		assertThat(this.spans).isEmpty();
	}

	@Test
	void anInvalidTraceparentStartsANewTrace() {
		assertThat(publish("nonsense")).hasSize(TRACEPARENT.length()).doesNotContain(TRACE_ID);
	}

	@Test
	void theLogNamesTheOrder() {
		this.tracing.continueIn(TRACEPARENT, EventSpan.publishing(this.event),
				(span) -> assertThat(MDC.get("orderId")).isEqualTo("12"));
		assertThat(MDC.get("orderId")).isNull();
	}

	@Test
	void aPublicationThatFailsHasNoSpan() {
		fail(EventSpan.publishing(this.event));
		assertThat(this.spans).isEmpty();
	}

	@Test
	void aFailureIsPartOfTheSpanOfAConsumer() {
		fail(EventSpan.processing("credit", "order.created", UUID.randomUUID(), "orders", "{}"));
		assertThat(this.spans).singleElement()
			.satisfies((span) -> assertThat(span.error()).isInstanceOf(IllegalStateException.class));
	}

	private void fail(EventSpan description) {
		assertThatIllegalStateException().isThrownBy(() -> this.tracing.continueIn(TRACEPARENT, description, (span) -> {
			throw new IllegalStateException();
		}));
	}

	private String publish(String traceparent) {
		List<String> current = new ArrayList<>();
		this.tracing.continueIn(traceparent, EventSpan.publishing(this.event),
				(span) -> current.add(String.valueOf(this.tracing.traceparent())));
		return current.getFirst();
	}

}
