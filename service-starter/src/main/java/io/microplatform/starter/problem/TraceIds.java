package io.microplatform.starter.problem;

import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.filter.ServerHttpObservationFilter;

/**
 * Finds the trace id of a request at whatever stage it failed: of the current span, else
 * of the span of the request, else of its {@code traceparent}, else a new one. It always
 * has 32 lower-case hexadecimal digits.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public final class TraceIds {

	private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-.*");

	private final Tracer tracer;

	TraceIds(Tracer tracer) {
		this.tracer = tracer;
	}

	String of(HttpServletRequest request) {
		Span span = this.tracer.currentSpan();
		if (span == null) {
			span = spanOf(request);
		}
		return (span != null) ? span.context().traceId() : fromHeader(request.getHeader("traceparent"));
	}

	private static @Nullable Span spanOf(HttpServletRequest request) {
		return ServerHttpObservationFilter.findObservationContext(request)
			.map((context) -> context.<TracingContext>get(TracingContext.class))
			.map(TracingContext::getSpan)
			.orElse(null);
	}

	static String fromHeader(@Nullable String traceparent) {
		if (traceparent != null) {
			Matcher matcher = TRACEPARENT.matcher(traceparent);
			if (matcher.matches()) {
				return matcher.group(1);
			}
		}
		ThreadLocalRandom random = ThreadLocalRandom.current();
		return String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong());
	}

}
