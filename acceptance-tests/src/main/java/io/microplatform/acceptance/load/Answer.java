package io.microplatform.acceptance.load;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.client.UnexpectedReplyException;
import org.jspecify.annotations.Nullable;

/**
 * What came of one call.
 *
 * @param call the name of the call
 * @param kind the status as in {@code 200}, {@link #WRONG}, or the name of the exception
 * when no reply came, as in {@code ConnectException}
 * @param due when the call should have been made
 * @param latency from then until the answer was there: a call that could not be made in
 * time has waited too
 * @param complaint what was not as it should be; null of a success
 */
public record Answer(String call, String kind, Instant due, Duration latency, @Nullable String complaint) {

	/** The kind of a reply that contradicts what is known. */
	public static final String WRONG = "wrong";

	private static final int FIRST_REFUSAL = 400;

	/** Makes the call, and keeps whatever comes of it. */
	static Answer to(Call call, Instant due, Supplier<Duration> sinceDue) {
		try {
			Reply reply = call.exchange().get();
			boolean refused = reply.status() >= FIRST_REFUSAL;
			return new Answer(call.name(), Integer.toString(reply.status()), due, sinceDue.get(),
					refused ? reply.summary() : null);
		}
		catch (UnexpectedReplyException ex) {
			return new Answer(call.name(), WRONG, due, sinceDue.get(), ex.getMessage());
		}
		catch (UncheckedIOException ex) {
			String kind = Objects.requireNonNullElse(ex.getCause(), ex).getClass().getSimpleName();
			return new Answer(call.name(), kind, due, sinceDue.get(), ex.getMessage());
		}
		catch (RuntimeException ex) {
			return new Answer(call.name(), ex.getClass().getSimpleName(), due, sinceDue.get(), ex.toString());
		}
	}

}
