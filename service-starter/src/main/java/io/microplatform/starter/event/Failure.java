package io.microplatform.starter.event;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.microplatform.starter.database.DatabaseFailure;

import org.springframework.kafka.listener.ListenerExecutionFailedException;
import org.springframework.messaging.MessagingException;

/**
 * The reason why an event was not applied.
 *
 * @param kind what may mend it
 * @param reason the exception that was thrown, without those that the framework wraps
 * around it
 */
record Failure(Kind kind, Throwable reason) {

	enum Kind {

		/** Nothing: the message is not an event. */
		UNREADABLE,

		/** Time: the database is not as it should be, see {@link DatabaseFailure}. */
		OUTAGE,

		/** Perhaps another attempt. */
		REFUSED

	}

	static Failure of(Throwable thrown) {
		return new Failure(kindOf(thrown), reasonOf(thrown));
	}

	private static Kind kindOf(Throwable thrown) {
		if (causes(thrown).anyMatch(UnreadableEventException.class::isInstance)) {
			return Kind.UNREADABLE;
		}
		return new DatabaseFailure(thrown).isOutage() ? Kind.OUTAGE : Kind.REFUSED;
	}

	private static Throwable reasonOf(Throwable thrown) {
		return causes(thrown)
			.filter((cause) -> !(cause instanceof MessagingException)
					&& !(cause instanceof ListenerExecutionFailedException))
			.findFirst()
			.orElse(thrown);
	}

	private static Stream<Throwable> causes(Throwable thrown) {
		return Stream.iterate(thrown, (cause) -> cause != null, Throwable::getCause);
	}

	/**
	 * For people: what went wrong and what was the cause, each with its first line only.
	 * @param length of the summary, at most, in characters
	 */
	String summary(int length) {
		String all = causes(this.reason).map((cause) -> cause.toString().lines().findFirst().orElse(""))
			.collect(Collectors.joining("; caused by "));
		return (all.length() <= length) ? all : all.substring(0, length - 1) + "…";
	}

}
