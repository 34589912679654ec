package io.microplatform.user.account;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;

import io.microplatform.instance.problem.ProblemKind;
import io.microplatform.starter.problem.ProblemException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A user.
 *
 * @param id assigned by the database
 * @param name 1 to 50 characters
 * @param email as it was given
 * @param emailKey the e-mail in lower case, by which the release before tells people
 * apart; the database compares spellings in the table email_identity
 * @param passwordHash encoded, with the name of its algorithm in front
 * @param creditLimit two digits after the point
 * @param creditAvailable what of the limit is not reserved
 * @param createdAt when the account was opened
 * @param role what the person may do
 * @param status whether the account can be used
 * @param version grows with every change of what is shown of the user
 */
@Table("users")
record User(@Id @Nullable Long id, String name, String email, String emailKey, String passwordHash,
		BigDecimal creditLimit, BigDecimal creditAvailable, Instant createdAt, Role role, Status status, long version) {

	static User register(RegisterUserRequest registration, Role role, String passwordHash, BigDecimal creditLimit,
			Instant now) {
		return new User(null, registration.name(), registration.email(), emailKey(registration.email()), passwordHash,
				creditLimit, creditLimit, now, role, Status.ACTIVE, 0);
	}

	/**
	 * The user after a change, with the next version; the same one when nothing changes.
	 * What is reserved stays reserved, so the limit takes the available credit with it.
	 * @throws ProblemException 409 when the limit would be below what is reserved
	 */
	User change(String newName, BigDecimal newLimit, Role newRole, Status newStatus) {
		BigDecimal limit = newLimit.setScale(2, RoundingMode.UNNECESSARY);
		BigDecimal reserved = this.creditLimit.subtract(this.creditAvailable);
		if (limit.compareTo(reserved) < 0) {
			throw new ProblemException(ProblemKind.CONFLICT,
					"The credit limit cannot be below the %s that are reserved.".formatted(reserved));
		}
		User changed = with(newName, limit, limit.subtract(reserved), newRole, newStatus, this.version);
		return changed.equals(this) ? this
				: with(newName, limit, limit.subtract(reserved), newRole, newStatus, this.version + 1);
	}

	private User with(String newName, BigDecimal limit, BigDecimal available, Role newRole, Status newStatus,
			long newVersion) {
		return new User(this.id, newName, this.email, this.emailKey, this.passwordHash, limit, available,
				this.createdAt, newRole, newStatus, newVersion);
	}

	/** Omits the address and the hash, so that neither can be logged. */
	@Override
	public String toString() {
		return "User[id=" + this.id + "]";
	}

	long requiredId() {
		return Objects.requireNonNull(this.id, "not saved yet");
	}

	static String emailKey(String email) {
		return email.toLowerCase(Locale.ROOT);
	}

}
