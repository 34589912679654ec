package io.microplatform.starter.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A field of all log lines of the current thread until its scope is closed.
 */
public enum LogField {

	/** The trace, where the request has no span; {@code trace.id} in the log. */
	TRACE("traceId"),

	/** The user who sent the request; {@code user.id} in the log. */
	USER("userId"),

	/** The order that is being processed; {@code order.id} in the log. */
	ORDER("orderId");

	private final String key;

	LogField(String key) {
		this.key = key;
	}

	/**
	 * Sets the field until the scope is closed, which restores the previous value.
	 * @param id the value, {@code null} for none
	 * @return the scope
	 */
	public Scope open(@Nullable Object id) {
		@Nullable String before = MDC.get(this.key);
		set(id);
		return () -> set(before);
	}

	/**
	 * Sets the field until the end of the surrounding scope. Every request and every
	 * event is processed in a scope.
	 * @param id the value, {@code null} for none
	 */
	public void set(@Nullable Object id) {
		if (id != null) {
			MDC.put(this.key, id.toString());
		}
		else {
			MDC.remove(this.key);
		}
	}

	/** The scope in which a field has a value. */
	@FunctionalInterface
	public interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
