package io.microplatform.instance.tracing;

import java.util.regex.Pattern;

import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.TraceContext;

/**
 * {@link SpanHandler} that removes what may contain personal data: query strings and
 * e-mail addresses in URLs, and the messages of exceptions.
 */
final class SpanRedaction extends SpanHandler {

	/** A segment of a path that a client has taken for an identifier. */
	private static final Pattern ADDRESS = Pattern.compile("[^/]*(?:@|%40)[^/]*");

	@Override
	public boolean end(TraceContext context, MutableSpan span, Cause cause) {
		span.forEachTag(SpanRedaction::redact);
		if (span.error() != null) {
			// The message may quote what a client sent.
			span.tag("error", span.error().getClass().getName());
		}
		return true;
	}

	private static String redact(String name, String value) {
		return (name.endsWith("url") || name.endsWith("uri"))
				? ADDRESS.matcher(value.split("\\?", 2)[0]).replaceAll("…") : value;
	}

}
