package io.microplatform.user.account;

import org.jspecify.annotations.Nullable;

/**
 * The account that a login refers to by its e-mail address, whether or not the account
 * exists.
 *
 * @param identity the canonical form of all spellings of the address, as compared by the
 * database
 * @param user the user, {@code null} if the address has no account
 */
public record EmailOwner(String identity, @Nullable User user) {

	/**
	 * Returns the id of the user.
	 * @return the id, {@code null} if the address has no account
	 */
	public @Nullable Long userId() {
		return (this.user != null) ? this.user.id() : null;
	}

	/** Omits the address, so that it cannot be logged. */
	@Override
	public String toString() {
		return "EmailOwner[userId=" + userId() + "]";
	}

}
