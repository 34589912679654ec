package io.microplatform.user.account;

import java.math.RoundingMode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.audit.AuditEvent;
import io.microplatform.starter.audit.AuditTrail;
import io.microplatform.starter.cache.ReadCache;
import io.microplatform.starter.cache.ReadCaches;
import io.microplatform.starter.database.UniqueConstraint;
import io.microplatform.starter.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/**
 * Registers, finds and authenticates users.
 */
@Service
public class UserService {

	/**
	 * The most characters of any spelling of an address: decomposed, or with its domain
	 * in ASCII, it is longer than what was registered.
	 */
	public static final int MAX_EMAIL_SPELLING = 4 * 254;

	private static final Logger log = LoggerFactory.getLogger(UserService.class);

	private static final String EMAIL_TAKEN = "This e-mail address has an account already.";

	private static final UniqueConstraint ONE_ACCOUNT_PER_EMAIL = new UniqueConstraint("users_email_taken");

	private final UserRepository users;

	private final Passwords passwords;

	private final Refreshable<AccountProperties> properties;

	private final ReadCache<UserProfile> cache;

	private final Clock clock;

	private final AuditTrail audit;

	UserService(UserRepository users, Passwords passwords, Refreshable<AccountProperties> properties, ReadCaches caches,
			Clock clock, AuditTrail audit) {
		this.users = users;
		this.passwords = passwords;
		this.properties = properties;
		this.cache = caches.cache("accounts", UserProfile.class, UserProfile.VERSION);
		this.clock = clock;
		this.audit = audit;
	}

	/**
	 * Registers a user with the default credit limit.
	 * @throws ProblemException 409 when the e-mail is taken, 503 when too many passwords
	 * are being hashed
	 */
	RegisterUserResponse register(RegisterUserRequest registration, Role role) {
		if (this.users.existsByEmail(registration.email())) {
			throw new ProblemException(ProblemKind.CONFLICT, EMAIL_TAKEN);
		}
		User user = User.register(registration, role, this.passwords.hash(registration.password()),
				this.properties.get().defaultCreditLimit().setScale(2, RoundingMode.UNNECESSARY), this.clock.instant());
		try {
			User saved = this.users.save(user);
			this.audit.record(AuditEvent.ofAccount("user-registered", saved.requiredId(), saved.requiredId()));
			return new RegisterUserResponse(saved.requiredId(), saved.name(), saved.email());
		}
		catch (DuplicateKeyException ex) {
			// Two registrations of one address at the same moment: the database decides.
			if (ONE_ACCOUNT_PER_EMAIL.isViolatedBy(ex)) {
				throw new ProblemException(ProblemKind.CONFLICT, EMAIL_TAKEN);
			}
			throw ex;
		}
	}

	/**
	 * Finds the account that a login with this address refers to.
	 * @param email in any spelling
	 * @return the owner; without a user if the address has no account
	 */
	public EmailOwner ownerOf(String email) {
		return new EmailOwner(this.users.identityOf(email), this.users.findByEmail(email).orElse(null));
	}

	/**
	 * Authenticates a user by password. No connection to the database is held while the
	 * password waits to be hashed.
	 * @param owner the account that the login refers to
	 * @param password as typed
	 * @param turn runs directly before the password is compared; an exception ends the
	 * attempt
	 * @return the user; empty if either is wrong or the account is not active
	 * @throws ProblemException 503 when too many passwords are being hashed
	 */
	public Optional<AuthenticatedUser> authenticate(EmailOwner owner, String password, Runnable turn) {
		Optional<User> user = Optional.ofNullable(owner.user());
		boolean matches = this.passwords.matches(password, user.map(User::passwordHash).orElse(null), turn);
		Optional<User> authenticated = user.filter((found) -> matches && found.status() == Status.ACTIVE);
		authenticated.filter((found) -> this.passwords.isOutdated(password, found.passwordHash()))
			.ifPresent((found) -> replaceHash(found, password));
		return authenticated.map((found) -> new AuthenticatedUser(found.requiredId(), found.role().claim()));
	}

	/**
	 * Replaces the hash of a password if possible. The login succeeds even if the
	 * database is read-only or too many passwords are being hashed.
	 */
	private void replaceHash(User user, String password) {
		try {
			this.passwords.hashIfFree(password)
				.ifPresent((hash) -> this.users.replacePasswordHash(user.requiredId(), user.passwordHash(), hash));
		}
		catch (DataAccessException | ProblemException ex) {
			log.warn("The password of user {} keeps its old hash until the next login", user.id(), ex);
		}
	}

	Optional<UserProfile> find(long id) {
		return this.cache.get(id, () -> this.users.findById(id).map(UserProfile::of));
	}

	/**
	 * Finds the newest users, for administrators.
	 * @param before an id; only older users are found
	 * @param limit the maximum number of users
	 * @param email the whole address in any spelling, or null for any
	 * @param status or null for any
	 */
	List<User> newest(long before, int limit, @Nullable String email, @Nullable Status status) {
		return this.users.findNewest(before, limit, email, (status != null) ? status.name() : null);
	}

	/**
	 * To be called in every transaction that changes what a user sees of the account.
	 * @param id the user's id
	 */
	public void changed(long id) {
		this.cache.evictAfterCommit(id);
	}

}
