package io.microplatform.order;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

import io.microplatform.starter.problem.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.relational.core.query.Criteria;

/**
 * The filter of a list of orders.
 *
 * @param status only those of this status, or null for any
 * @param from only those that were placed at this time or later, or null
 * @param to only those that were placed before, or null
 */
record OrderFilter(Order.@Nullable Status status, @Nullable Instant from, @Nullable Instant to) {

	/** Years of four digits: PostgreSQL does not know all that Java does. */
	private static final Pattern UTC = Pattern.compile("[0-9]{4}-[0-9-]{5}T[0-9:]{8}(\\.[0-9]{1,9})?Z");

	/**
	 * The filter that a request asks for.
	 * @param from an ISO-8601 instant in UTC, or null
	 * @param to an ISO-8601 instant in UTC, or null
	 * @throws ProblemException 400 naming what is no instant, or the beginning of a time
	 * that ends before it begins
	 */
	static OrderFilter of(Order.@Nullable Status status, @Nullable String from, @Nullable String to) {
		Instant begin = instant("from", from);
		Instant end = instant("to", to);
		if (begin != null && end != null && begin.isAfter(end)) {
			throw ProblemException.invalid("from", "must not be after to");
		}
		return new OrderFilter(status, begin, end);
	}

	Criteria narrow(Criteria orders) {
		Criteria wanted = orders;
		if (this.status != null) {
			wanted = wanted.and("status").is(this.status);
		}
		if (this.from != null) {
			wanted = wanted.and("createdAt").greaterThanOrEquals(this.from);
		}
		if (this.to != null) {
			wanted = wanted.and("createdAt").lessThan(this.to);
		}
		return wanted;
	}

	private static @Nullable Instant instant(String field, @Nullable String text) {
		if (text == null) {
			return null;
		}
		try {
			if (UTC.matcher(text).matches()) {
				return microseconds(Instant.parse(text));
			}
		}
		catch (DateTimeException ex) {
			// Looks like an instant and is none, as on the 30th of February.
		}
		throw ProblemException.invalid(field, "must be an instant in UTC like 2026-11-24T12:00:00Z");
	}

	/** Rounded up to what the database keeps: no order is on the wrong side of it. */
	private static Instant microseconds(Instant instant) {
		Instant floor = instant.truncatedTo(ChronoUnit.MICROS);
		return floor.equals(instant) ? floor : floor.plus(1, ChronoUnit.MICROS);
	}

}
