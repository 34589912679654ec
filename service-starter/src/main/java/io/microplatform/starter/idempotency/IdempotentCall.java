package io.microplatform.starter.idempotency;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;

/**
 * The present call, which its client may repeat with the same {@code Idempotency-Key}. A
 * controller method takes one as a parameter and wraps its work in it: {@code return
 * call.answer(() -> ResponseEntity.ok(…));}. Without the header the work is done without
 * a record of it.
 */
public final class IdempotentCall {

	private final Idempotency idempotency;

	private final JsonMapper json;

	private final @Nullable Supplier<KeyedRequest> request;

	IdempotentCall(Idempotency idempotency, JsonMapper json, @Nullable Supplier<KeyedRequest> request) {
		this.idempotency = idempotency;
		this.json = json;
		this.request = request;
	}

	/**
	 * The answer of the work, which is done once for each key. What it throws is not
	 * stored: then the key may be used again.
	 * @param effect the work; joins a transaction when there is a key
	 * @return the answer to return from the controller
	 */
	public ResponseEntity<?> answer(Supplier<? extends ResponseEntity<?>> effect) {
		if (this.request == null) {
			return effect.get();
		}
		return this.idempotency.answer(this.request.get(), () -> Answer.of(effect.get(), this.json), null).toResponse();
	}

	/**
	 * The same for an answer that may get better by waiting for it.
	 * @param <T> the type of the answer's body
	 * @param effect the work; joins a transaction when there is a key
	 * @param bodyType the type of the answer's body
	 * @param completion makes of the work's answer the one to be given; runs after the
	 * commit, outside of any transaction, and again in a repeat if no answer was given
	 * yet. If another request with the key has been faster, what that one gives is given
	 * @return the answer to return from the controller
	 */
	public <T> ResponseEntity<?> answer(Supplier<ResponseEntity<T>> effect, Class<T> bodyType,
			UnaryOperator<ResponseEntity<T>> completion) {
		if (this.request == null) {
			return completion.apply(effect.get());
		}
		return this.idempotency
			.answer(this.request.get(), () -> Answer.of(effect.get(), this.json),
					(answer) -> Answer.of(completion.apply(answer.read(bodyType, this.json)), this.json))
			.toResponse();
	}

}
