package io.microplatform.starter.app;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.idempotency.IdempotentCall;
import io.microplatform.starter.problem.ProblemException;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Calls that may be repeated, each with another answer when it is done again.
 */
@RestController
@RequestMapping("/effects")
class KeyedCalls {

	final CountDownLatch slowCallBegan = new CountDownLatch(1);

	final CountDownLatch slowCallMayEnd = new CountDownLatch(1);

	private final AtomicLong effects = new AtomicLong();

	long effects() {
		return this.effects.get();
	}

	/** The parameter stands before the body on purpose. */
	@PostMapping
	ResponseEntity<?> make(IdempotentCall call, @RequestBody Wish wish) {
		return call.answer(() -> {
			if (wish.what().equals("too much")) {
				throw ProblemException.ofField(ProblemKind.RULE_VIOLATED, "what", "must not be too much");
			}
			long id = this.effects.incrementAndGet();
			return ResponseEntity.created(URI.create("/effects/" + id))
				.header("X-Of-The-Service", "1", "2")
				.body(new Effect(id, wish.what(), new BigDecimal("1000.00"), Instant.parse("2026-11-26T12:00:00.1Z")));
		});
	}

	@PostMapping("/{id}/undo")
	ResponseEntity<?> undo(@PathVariable long id, IdempotentCall call) {
		return call.answer(
				() -> ResponseEntity.noContent().header("X-Undone", id + "." + this.effects.incrementAndGet()).build());
	}

	@PostMapping("/slow")
	ResponseEntity<?> slow(IdempotentCall call) {
		return call.answer(() -> {
			this.slowCallBegan.countDown();
			try {
				this.slowCallMayEnd.await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			return ResponseEntity.ok("done");
		});
	}

	record Wish(String what) {
	}

	record Effect(long id, String what, BigDecimal amount, Instant at) {
	}

}
