package io.microplatform.user.account;

import java.util.ArrayList;
import java.util.List;

import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.audit.AuditEvent;
import io.microplatform.starter.audit.AuditTrail;
import io.microplatform.starter.problem.ProblemException;
import io.microplatform.starter.security.CurrentUser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Updates users on behalf of their owners and of administrators. It locks the user's row
 * first, so that no concurrent update or reservation is lost.
 * <p>
 * Authorization depends on the database, not on the token alone: an administrator who was
 * dismissed or suspended changes nothing with a token that is still valid.
 */
@Service
class UserUpdateService {

	private static final Logger log = LoggerFactory.getLogger(UserUpdateService.class);

	private final UserRepository users;

	private final UserService userService;

	private final AuditTrail audit;

	UserUpdateService(UserRepository users, UserService userService, AuditTrail audit) {
		this.users = users;
		this.userService = userService;
		this.audit = audit;
	}

	/**
	 * Applies the patch.
	 * @param ifMatch the header {@code If-Match}, if there is one
	 * @return the account as it is now
	 * @throws ProblemException 400 for members that cannot be changed, 403 for those that
	 * only administrators may change, 404 for another user's account, 409 for a limit
	 * below what is reserved, 412 when {@code ifMatch} names another version
	 */
	@Transactional
	UserProfile change(long id, CurrentUser caller, UpdateUserRequest patch, @Nullable String ifMatch) {
		patch.requireOnlyKnown();
		boolean administrator = isAdministrator(caller);
		if (!administrator && id != caller.id()) {
			throw ProblemException.notFound("user");
		}
		if (!administrator && patch.needsAdministrator()) {
			throw new ProblemException(ProblemKind.FORBIDDEN,
					"Only administrators may change a credit limit, a role or a status.");
		}
		User user = lock(id);
		if (!administrator) {
			requireActive(user);
		}
		EntityTags.requireMatch(ifMatch, id, user.version());
		return UserProfile.of(save(user, patch.applyTo(user), caller));
	}

	/**
	 * Closes the account; a closed one stays closed.
	 * @param ifMatch the header {@code If-Match}, if there is one
	 * @throws ProblemException 403 for a suspended owner, 404 for another user's account,
	 * 412 when {@code ifMatch} names another version
	 */
	@Transactional
	void close(long id, CurrentUser caller, @Nullable String ifMatch) {
		boolean administrator = isAdministrator(caller);
		if (!administrator && id != caller.id()) {
			throw ProblemException.notFound("user");
		}
		User user = lock(id);
		if (user.status() == Status.CLOSED) {
			return;
		}
		if (!administrator) {
			requireActive(user);
		}
		EntityTags.requireMatch(ifMatch, id, user.version());
		save(user, user.change(user.name(), user.creditLimit(), user.role(), Status.CLOSED), caller);
	}

	private User save(User before, User after, CurrentUser caller) {
		if (after.version() == before.version()) {
			return before;
		}
		User saved = this.users.save(after);
		this.userService.changed(saved.requiredId());
		log.info("User {} changed by user {}: {}, {}, credit limit {}", saved.id(), caller.id(), saved.role(),
				saved.status(), saved.creditLimit());
		audit(before, saved, caller.id());
		return saved;
	}

	private void audit(User before, User after, long caller) {
		long account = after.requiredId();
		if (before.creditLimit().compareTo(after.creditLimit()) != 0) {
			this.audit.record(AuditEvent.ofAccount("credit-limit-changed", caller, account));
		}
		boolean closed = after.status() == Status.CLOSED && before.status() != Status.CLOSED;
		if (closed) {
			this.audit.record(AuditEvent.ofAccount("account-closed", caller, account));
		}
		List<String> fields = new ArrayList<>();
		if (!before.name().equals(after.name())) {
			fields.add("name");
		}
		if (before.role() != after.role()) {
			fields.add("role");
		}
		if (before.status() != after.status() && !closed) {
			fields.add("status");
		}
		if (!fields.isEmpty()) {
			this.audit.record(AuditEvent.ofAccount("user-updated", caller, account, fields.toArray(String[]::new)));
		}
	}

	private User lock(long id) {
		return this.users.lockById(id).orElseThrow(() -> ProblemException.notFound("user"));
	}

	private boolean isAdministrator(CurrentUser caller) {
		if (!caller.isAdministrator()) {
			return false;
		}
		return this.users.findById(caller.id())
			.filter((user) -> user.role() == Role.ADMIN && user.status() == Status.ACTIVE)
			.isPresent();
	}

	private static void requireActive(User owner) {
		if (owner.status() == Status.CLOSED) {
			throw ProblemException.notFound("user");
		}
		if (owner.status() != Status.ACTIVE) {
			throw new ProblemException(ProblemKind.FORBIDDEN, "The account is not active.");
		}
	}

}
