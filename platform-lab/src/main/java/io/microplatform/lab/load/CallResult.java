package io.microplatform.lab.load;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

import io.microplatform.lab.client.Reply;
import io.microplatform.lab.client.UnexpectedReplyException;
import org.jspecify.annotations.Nullable;

/**
 * Result of one call.
 *
 * @param call the name of the call
 * @param kind the response status such as {@code 200}, {@link #WRONG}, or the simple name
 * of the exception if there was no response, such as {@code ConnectException}
 * @param due the time at which the call was due
 * @param latency the time from {@code due} to the response, so that it includes any delay
 * in sending the call
 * @param failure a description of the failure; null if the call succeeded
 */
public record CallResult(String call, String kind, Instant due, Duration latency, @Nullable String failure) {

	/** Kind of a response that contradicts earlier responses. */
	public static final String WRONG = "wrong";

	private static final int FIRST_ERROR = 400;

	/** Executes a call and records its result. Never throws a runtime exception. */
	static CallResult execute(LoadCall call, Instant due, Supplier<Duration> sinceDue) {
		try {
			Reply reply = call.exchange().get();
			boolean isError = reply.status() >= FIRST_ERROR;
			return new CallResult(call.name(), Integer.toString(reply.status()), due, sinceDue.get(),
					isError ? reply.summary() : null);
		}
		catch (UnexpectedReplyException ex) {
			return new CallResult(call.name(), WRONG, due, sinceDue.get(), ex.getMessage());
		}
		catch (UncheckedIOException ex) {
			String kind = Objects.requireNonNullElse(ex.getCause(), ex).getClass().getSimpleName();
			return new CallResult(call.name(), kind, due, sinceDue.get(), ex.getMessage());
		}
		catch (RuntimeException ex) {
			return new CallResult(call.name(), ex.getClass().getSimpleName(), due, sinceDue.get(), ex.toString());
		}
	}

}
