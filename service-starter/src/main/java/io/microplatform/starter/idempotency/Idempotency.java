package io.microplatform.starter.idempotency;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles requests with an idempotency key: each key has one effect and one answer. The
 * key is stored in the transaction of the effect, so that they exist together or not at
 * all. A failure or crash before the commit leaves the key free; after the commit every
 * repeat gets the answer.
 * <p>
 * An answer that is completed after the commit is open until then. The first request that
 * returns it makes it final before; all others return the same. Thread-safe.
 */
final class Idempotency {

	/**
	 * The first pause between two looks at what another request holds, without a
	 * connection; each is twice the one before.
	 */
	private static final Duration PAUSE = Duration.ofMillis(10);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

	private static final String RETRY_AFTER_SECONDS = "1";

	private final IdempotencyStore store;

	private final TransactionTemplate transaction;

	private final Refreshable<IdempotencyProperties> properties;

	private final Counter repeats;

	private final Counter conflicts;

	private final Counter mismatches;

	Idempotency(IdempotencyStore store, TransactionTemplate transaction, Refreshable<IdempotencyProperties> properties,
			MeterRegistry meters) {
		this.store = store;
		this.transaction = transaction;
		this.properties = properties;
		this.repeats = counter("repeat", meters);
		this.conflicts = counter("conflict", meters);
		this.mismatches = counter("mismatch", meters);
	}

	private static Counter counter(String result, MeterRegistry meters) {
		return Counter.builder("idempotency.requests")
			.description("Requests with a key that was used before")
			.tag("result", result)
			.register(meters);
	}

	/**
	 * Answers a request, with its effect if the key is new.
	 * @param request the request
	 * @param effect what it does, in the transaction of the key
	 * @param completion what may become of the answer before it is given, outside of any
	 * transaction; {@code null} when it is complete with the effect
	 * @return the answer, final
	 * @throws ProblemException 422 when the key came with another request before, 409
	 * when such a request is still at work
	 */
	Answer answer(KeyedRequest request, Supplier<Answer> effect, @Nullable UnaryOperator<Answer> completion) {
		IdempotencyProperties rules = this.properties.get();
		long end = System.nanoTime() + rules.twinWait().toNanos();
		long pause = PAUSE.toNanos();
		while (true) {
			Optional<StoredAnswer> stored = Objects.requireNonNull(
					this.transaction.execute((status) -> attempt(request, rules, effect, completion == null)));
			if (stored.isPresent()) {
				return give(request, rules, stored.get(), completion);
			}
			if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
				this.conflicts.increment();
				throw new ProblemException(ProblemKind.REQUEST_IN_PROGRESS,
						"A request with this " + IdempotencyKey.HEADER + " is being handled.")
					.withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
			}
			LockSupport.parkNanos(pause);
			pause = Math.min(2 * pause, LONGEST_PAUSE.toNanos());
		}
	}

	private Optional<StoredAnswer> attempt(KeyedRequest request, IdempotencyProperties rules, Supplier<Answer> effect,
			boolean complete) {
		if (this.store.claim(request, rules)) {
			Answer answer = effect.get();
			this.store.write(request, answer, complete);
			return Optional.of(new StoredAnswer(request.fingerprint(), complete, answer));
		}
		Optional<StoredAnswer> known = this.store.find(request, rules.expiry());
		known.ifPresent((stored) -> check(request, stored));
		return known;
	}

	private void check(KeyedRequest request, StoredAnswer stored) {
		if (!stored.fingerprint().equals(request.fingerprint())) {
			this.mismatches.increment();
			throw ProblemException.ofField(ProblemKind.IDEMPOTENCY_KEY_REUSED, IdempotencyKey.HEADER,
					"came with another request before");
		}
		this.repeats.increment();
	}

	private Answer give(KeyedRequest request, IdempotencyProperties rules, StoredAnswer stored,
			@Nullable UnaryOperator<Answer> completion) {
		if (stored.given()) {
			return stored.answer();
		}
		Answer complete = (completion != null) ? completion.apply(stored.answer()) : stored.answer();
		if (this.store.write(request, complete, true)) {
			return complete;
		}
		return this.store.find(request, rules.expiry())
			.map(StoredAnswer::answer)
			.orElseThrow(() -> new IllegalStateException("The key expired while its request was handled"));
	}

}
