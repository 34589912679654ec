package io.microplatform.lab.load;

import java.io.UncheckedIOException;
import java.util.function.Supplier;

import io.microplatform.lab.client.Reply;
import io.microplatform.lab.client.UnexpectedReplyException;

/**
 * One call of a workload.
 *
 * @param name the name by which results are grouped
 * @param exchange sends the request and verifies the response. Returns error responses,
 * throws {@link UncheckedIOException} if there is no response, and
 * {@link UnexpectedReplyException} if the response is wrong. Must end without being
 * interrupted
 */
public record LoadCall(String name, Supplier<Reply> exchange) {

	private static final int UNAVAILABLE = 503;

	/**
	 * Returns a copy of this call that requires a {@code Retry-After} header in a 503
	 * response.
	 * @return a call whose result is {@link CallResult#WRONG} for a 503 response without
	 * {@code Retry-After}
	 */
	public LoadCall requireRetryAfter() {
		return new LoadCall(this.name, () -> {
			Reply reply = this.exchange.get();
			return reply.expect("Retry-After",
					reply.status() != UNAVAILABLE || reply.header("Retry-After").isPresent());
		});
	}

}
