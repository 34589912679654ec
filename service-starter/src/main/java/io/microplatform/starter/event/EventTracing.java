package io.microplatform.starter.event;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

/**
 * Propagates a trace, as a W3C {@code traceparent}, through the table and the topic in
 * which an event is stored. Thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
final class EventTracing {

	private final Tracer tracer;

	private final Propagator propagator;

	EventTracing(Tracer tracer, Propagator propagator) {
		this.tracer = tracer;
		this.propagator = propagator;
	}

	/** The current trace, if there is one. */
	@Nullable String traceparent() {
		Span span = this.tracer.currentSpan();
		if (span == null) {
			return null;
		}
		Map<String, String> carrier = new HashMap<>();
		this.propagator.inject(span.context(), carrier, (target, name, value) -> carrier.put(name, value));
		return carrier.get(CloudEvent.TRACEPARENT);
	}

	/** Does the work in a span of the given trace, or of a new one. */
	void continueIn(@Nullable String traceparent, String spanName, Runnable work) {
		Span span = this.propagator
			.extract(CloudEvent.TRACEPARENT, (wanted, name) -> name.equals(wanted) ? traceparent : null)
			.name(spanName)
			.start();
		try (Tracer.SpanInScope _ = this.tracer.withSpan(span)) {
			work.run();
		}
		catch (RuntimeException ex) {
			span.error(ex);
			throw ex;
		}
		finally {
			span.end();
		}
	}

}
