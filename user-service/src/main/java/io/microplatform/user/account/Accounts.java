package io.microplatform.user.account;

import java.math.RoundingMode;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

import io.microplatform.instance.configuration.Live;
import io.microplatform.starter.cache.ReadCache;
import io.microplatform.starter.cache.ReadCaches;
import io.microplatform.starter.problem.ProblemException;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/**
 * Opens accounts, tells their owners about them and checks passwords.
 */
@Service
public class Accounts {

	private static final String EMAIL_TAKEN = "This e-mail address has an account already.";

	private final UserRepository users;

	private final PasswordEncoder passwords;

	private final Live<AccountProperties> properties;

	private final ReadCache<Account> cache;

	private final Clock clock;

	/** Checked against when there is no such user, so that both answers take as long. */
	private final String nobodysHash;

	Accounts(UserRepository users, PasswordEncoder passwords, Live<AccountProperties> properties, ReadCaches caches,
			Clock clock) {
		this.users = users;
		this.passwords = passwords;
		this.properties = properties;
		this.cache = caches.cache("accounts", Account.class);
		this.clock = clock;
		this.nobodysHash = Objects.requireNonNull(passwords.encode("nobody has this password"));
	}

	/**
	 * Opens an account with the default credit limit.
	 * @throws ProblemException 409 when the e-mail is taken
	 */
	RegisteredUser register(Registration registration, Role role) {
		if (this.users.existsByEmailKey(User.emailKey(registration.email()))) {
			throw ProblemException.conflict(EMAIL_TAKEN);
		}
		User user = User.register(registration, role,
				Objects.requireNonNull(this.passwords.encode(registration.password())),
				this.properties.get().defaultCreditLimit().setScale(2, RoundingMode.UNNECESSARY), this.clock.instant());
		try {
			User saved = this.users.save(user);
			return new RegisteredUser(saved.requiredId(), saved.name(), saved.email());
		}
		catch (DuplicateKeyException ex) {
			// Two registrations of one address at the same moment: the database decides.
			throw ProblemException.conflict(EMAIL_TAKEN);
		}
	}

	/**
	 * The user with this e-mail and password, if the account is active.
	 * @param email in any case
	 * @param password as typed
	 * @return who it is, or nothing when either is wrong or the account may not be used
	 */
	public Optional<Identity> authenticate(String email, String password) {
		Optional<User> user = this.users.findByEmailKey(User.emailKey(email));
		boolean matches = this.passwords.matches(password, user.map(User::passwordHash).orElse(this.nobodysHash));
		return user.filter((found) -> matches && found.status() == Status.ACTIVE)
			.map((found) -> new Identity(found.requiredId(), found.role().claim()));
	}

	Optional<Account> find(long id) {
		return this.cache.get(id, () -> this.users.findById(id).map(Account::of));
	}

	/**
	 * To be called in every transaction that changes what a user sees of the account.
	 * @param id the user's id
	 */
	public void changed(long id) {
		this.cache.evictAfterCommit(id);
	}

}
