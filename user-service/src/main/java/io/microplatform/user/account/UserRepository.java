package io.microplatform.user.account;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface UserRepository extends ListCrudRepository<User, Long> {

	Optional<User> findByEmailKey(String emailKey);

	boolean existsByEmailKey(String emailKey);

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

	/** The user, whom nobody else changes until the transaction ends. */
	@Query("select * from users where id = :id for update")
	Optional<User> lockById(long id);

	@Query("""
			select * from users
			where id < :before
			and (cast(:emailKey as text) is null or email_key = :emailKey)
			and (cast(:status as text) is null or status = :status)
			order by id desc limit :limit""")
	List<User> findNewest(long before, int limit, @Nullable String emailKey, @Nullable String status);

}
