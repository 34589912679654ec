package io.microplatform.acceptance.load;

import java.io.UncheckedIOException;
import java.util.function.Supplier;

import io.microplatform.acceptance.client.Reply;
import io.microplatform.acceptance.client.UnexpectedReplyException;

/**
 * A call that is about to be made.
 *
 * @param name under which its answer is counted
 * @param exchange makes the call and judges the reply; throws
 * {@link UncheckedIOException} when no reply came and {@link UnexpectedReplyException}
 * when it is wrong, whereas a refusal is only returned. Must end by itself: nobody
 * interrupts it
 */
public record Call(String name, Supplier<Reply> exchange) {
}
