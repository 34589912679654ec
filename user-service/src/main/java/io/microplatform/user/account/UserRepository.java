package io.microplatform.user.account;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface UserRepository extends ListCrudRepository<User, Long> {

	/** Those of a {@link User}: another release may add a column while this one runs. */
	String COLUMNS = "users.id, name, email, email_key, password_hash, credit_limit, credit_available, created_at, "
			+ "role, status, version ";

	/**
	 * The account with this address in any spelling. Of accounts that share an address,
	 * it is the one with this spelling, or else the oldest that is not closed.
	 */
	default Optional<User> findByEmail(String email) {
		return findByEmail(email, User.emailKey(email));
	}

	@Query("select " + COLUMNS + """
			from users join email_identity on user_id = id
			where identity = identity_of_email(:email)
			order by email_key = :emailKey desc, status = 'CLOSED', id
			limit 1""")
	Optional<User> findByEmail(String email, String emailKey);

	/** Returns the canonical form of all spellings of the address. */
	@Query("select identity_of_email(:email)")
	String identityOf(String email);

	@Query("select exists (select from email_identity where identity = identity_of_email(:email))")
	boolean existsByEmail(String email);

	/**
	 * Replaces the hash of a password, unless it has changed. A row that is locked keeps
	 * it, so that a login never waits.
	 */
	@Modifying
	@Query("""
			update users set password_hash = :newHash where id = (
				select id from users where id = :id and password_hash = :oldHash
				for no key update skip locked)""")
	boolean replacePasswordHash(long id, String oldHash, String newHash);

	/** Finds and locks a user until the transaction ends. */
	@Query("select " + COLUMNS + "from users where id = :id for update")
	Optional<User> lockById(long id);

	@Query("select " + COLUMNS + """
			from users
			where id < :before
			and (cast(:email as text) is null
				or id in (select user_id from email_identity where identity = identity_of_email(:email)))
			and (cast(:status as text) is null or status = :status)
			order by id desc limit :limit""")
	List<User> findNewest(long before, int limit, @Nullable String email, @Nullable String status);

}
