package io.microplatform.starter.event;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import brave.Span;
import brave.SpanCustomizer;
import brave.Tracer;
import brave.Tracing;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import io.microplatform.starter.log.LogField;
import org.jspecify.annotations.Nullable;

/**
 * Propagates a trace, as a W3C {@code traceparent}, through the table and the topic in
 * which an event is stored, and creates the spans of the event. Thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
final class EventTracing {

	private final Tracing tracing;

	private final @Nullable EventSpans spans;

	/**
	 * Creates the tracing of events.
	 * @param tracing the tracing of this instance
	 * @param spans the delivery of spans, {@code null} if spans are not exported
	 */
	EventTracing(Tracing tracing, @Nullable EventSpans spans) {
		this.tracing = tracing;
		this.spans = spans;
	}

	/** The current trace, if there is one. */
	@Nullable String traceparent() {
		@Nullable TraceContext current = this.tracing.currentTraceContext().get();
		if (current == null) {
			return null;
		}
		Map<String, String> carrier = new HashMap<>();
		this.tracing.propagation().<Map<String, String>>injector(Map::put).inject(current, carrier);
		return carrier.get(CloudEvent.TRACEPARENT);
	}

	/**
	 * Runs the work in a span of the given trace, or of a new trace. Log lines have the
	 * id of the order.
	 */
	void continueIn(@Nullable String traceparent, EventSpan description, Consumer<SpanCustomizer> work) {
		Span span = description.start(span(traceparent, description.id()));
		try (Tracer.SpanInScope _ = this.tracing.tracer().withSpanInScope(span);
				LogField.Scope _ = LogField.ORDER.open(description.orderId())) {
			work.accept(span);
		}
		catch (RuntimeException ex) {
			if (description.kind() == Span.Kind.PRODUCER) {
				// The span of the attempt that succeeds contains the whole wait.
				span.abandon();
			}
			else {
				span.error(ex);
			}
			throw ex;
		}
		finally {
			span.finish();
		}
	}

	/**
	 * Creates a span with an id that depends only on the event. If a crash prevents the
	 * delivery of the span, the retry delivers it with the id that later spans have as
	 * their parent id.
	 */
	private Span span(@Nullable String traceparent, long id) {
		TraceContextOrSamplingFlags extracted = this.tracing.propagation()
			.<String>extractor((carrier, name) -> name.equals(carrier) ? traceparent : null)
			.extract(CloudEvent.TRACEPARENT);
		@Nullable TraceContext parent = extracted.context();
		if (parent == null) {
			return this.tracing.tracer().nextSpan(extracted);
		}
		return this.tracing.tracer().toSpan(parent.toBuilder().parentId(parent.spanId()).spanId(id).build());
	}

	/**
	 * Delivers the ended spans, within the limits of {@link EventSpans}.
	 */
	void deliver() {
		if (this.spans != null) {
			this.spans.deliver();
		}
	}

}
