package io.microplatform.lab.trace;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The spans of one trace that have reached Zipkin.
 *
 * @param spans the spans, in any order; after a crash, an event can have several
 */
public record Trace(List<Span> spans) {

	/** The spans of the events of a CONFIRMED order, each the parent of the next. */
	public static final List<String> CONFIRMED_ORDER = List.of("order-service publish order.created",
			"user-service process order.created", "user-service publish credit.reserved",
			"order-service process credit.reserved", "order-service publish order.confirmed");

	private static final String GATEWAY = "api-gateway";

	/**
	 * Returns the first span that the trace of a CONFIRMED order lacks: the gateway's, or
	 * one of the chain of event spans.
	 * @param order the id of the order, which each event span must name
	 * @return the span; empty if the trace is complete
	 */
	public Optional<String> missing(String order) {
		if (this.spans.stream().noneMatch(Trace::isRootAtTheGateway)) {
			return Optional.of(GATEWAY);
		}
		int found = follow(0, (span) -> span.tag("order.id").equals(order));
		return (found < CONFIRMED_ORDER.size()) ? Optional.of(CONFIRMED_ORDER.get(found)) : Optional.empty();
	}

	/** Returns the end of the longest chain whose next span meets the condition. */
	private int follow(int at, Predicate<Span> condition) {
		if (at == CONFIRMED_ORDER.size()) {
			return at;
		}
		return this.spans.stream()
			.filter((span) -> span.title().equals(CONFIRMED_ORDER.get(at)) && condition.test(span))
			.mapToInt((span) -> follow(at + 1,
					(next) -> span.id().equals(next.parentId()) && next.tag("order.id").equals(span.tag("order.id"))))
			.max()
			.orElse(at);
	}

	private static boolean isRootAtTheGateway(Span span) {
		return span.parentId() == null && "SERVER".equals(span.kind()) && span.title().startsWith(GATEWAY + " ");
	}

}
