package io.microplatform.user.login;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.limit.Decision;
import io.microplatform.instance.limit.Limit;
import io.microplatform.instance.limit.RateLimiter;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.user.account.AuthenticatedUser;
import io.microplatform.user.account.EmailOwner;
import io.microplatform.user.account.UserService;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Service;

/**
 * Guard that refuses logins after too many failures, before the password is hashed. The
 * {@link RateLimiter} limits the failures of an account from one address, of all accounts
 * from one address, and of an account from all new addresses, for all instances together.
 * The last limit does not apply to an address from which the owner has logged in, so that
 * an attack from many addresses does not lock out the owner.
 * <p>
 * A login that exceeds a limit is refused at once. Each limit is charged when the hashing
 * of the password starts, and refunded unless the password is wrong. Concurrent attempts
 * cannot exceed a limit by more than the number of passwords that are hashed
 * concurrently, and waiting logins with the right password are not limited. Accounts that
 * do not exist are treated like any other. Thread-safe.
 */
@Service
final class LoginGuard {

	private static final Duration STEP = Duration.ofSeconds(30);

	private final RateLimiter limiter;

	private final UserService users;

	private final LoginAddresses addresses;

	private final Refreshable<LoginProperties> properties;

	private final LoginMetrics metrics;

	LoginGuard(RateLimiter limiter, UserService users, LoginAddresses addresses,
			Refreshable<LoginProperties> properties, LoginMetrics metrics) {
		this.limiter = limiter;
		this.users = users;
		this.addresses = addresses;
		this.properties = properties;
		this.metrics = metrics;
	}

	/**
	 * Attempts a login, unless there were too many failures.
	 * @param email in any spelling
	 * @param address the address from which the login is sent
	 * @param login gets the account, runs its second argument when the hashing starts,
	 * and then compares the password; returns empty if the password is wrong
	 * @return the result of the login
	 * @throws ProblemException 429 after too many failures
	 */
	Optional<AuthenticatedUser> attempt(String email, String address,
			BiFunction<EmailOwner, Runnable, Optional<AuthenticatedUser>> login) {
		EmailOwner owner = this.users.ownerOf(email);
		List<Charge> charges = charges(new LoginAttempt(owner, address));
		require(decisions(charges, this.limiter::peek));
		List<Charge> charged = new ArrayList<>();
		boolean failed = false;
		try {
			Optional<AuthenticatedUser> user = login.apply(owner, () -> charge(charges, charged));
			failed = user.isEmpty();
			user.ifPresent((found) -> this.addresses.remember(found.id(), address));
			return user;
		}
		finally {
			if (!failed) {
				refund(charged);
			}
		}
	}

	private List<Charge> charges(LoginAttempt attempt) {
		LoginProperties rules = this.properties.get();
		List<Charge> charges = new ArrayList<>();
		charges.add(new Charge("login-pair", attempt.pair(), rules.failuresPerPair()));
		charges.add(new Charge("login-address", attempt.address(), rules.failuresPerAddress()));
		if (!this.addresses.isKnown(attempt.owner().userId(), attempt.address(), rules.knownFor())) {
			charges.add(new Charge("login-account", attempt.account(), rules.failuresFromNewAddresses()));
		}
		return charges;
	}

	private void charge(List<Charge> charges, List<Charge> charged) {
		List<Decision> decisions = decisions(charges, this.limiter::take);
		for (int i = 0; i < charges.size(); i++) {
			if (decisions.get(i).permitted()) {
				charged.add(charges.get(i));
			}
		}
		require(decisions);
	}

	/** All limits are read, so that the time does not tell which one was reached. */
	private static List<Decision> decisions(List<Charge> charges, Question question) {
		return charges.stream()
			.map((charge) -> question.ask(charge.rule(), charge.subject(), charge.limit()))
			.toList()
			.stream()
			.map(CompletableFuture::join)
			.toList();
	}

	private void require(List<Decision> decisions) {
		Optional<Duration> longest = decisions.stream()
			.filter((decision) -> !decision.permitted())
			.map(Decision::untilNext)
			.max(Comparator.naturalOrder());
		if (longest.isPresent()) {
			this.metrics.refused();
			throw refusal(longest.get());
		}
	}

	private void refund(List<Charge> charges) {
		charges.forEach((charge) -> this.limiter.giveBack(charge.rule(), charge.subject(), charge.limit()).join());
	}

	/** Does not tell which limit was reached: the time is rounded up to half a minute. */
	private static ProblemException refusal(Duration after) {
		long seconds = (after.plus(STEP).minusNanos(1).toSeconds() / STEP.toSeconds()) * STEP.toSeconds();
		return new ProblemException(ProblemKind.TOO_MANY_REQUESTS,
				"Too many failed logins. Try again in %s s.".formatted(seconds))
			.withHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
	}

	/** One token of the bucket of a limit. */
	private record Charge(String rule, String subject, Limit limit) {
	}

	/** A method of the rate limiter. */
	@FunctionalInterface
	private interface Question {

		CompletableFuture<Decision> ask(String rule, String subject, Limit limit);

	}

}
