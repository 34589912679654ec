package io.microplatform.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;

/**
 * Orders in the database. Every statement names its columns, so that another release may
 * add one while this one runs.
 */
interface OrderRepository extends ListCrudRepository<Order, Long> {

	/** The order, which nobody else changes until the transaction ends. */
	@Lock(LockMode.PESSIMISTIC_WRITE)
	Optional<Order> findAndLockById(long id);

	/** The same, unless it is somebody else's, which is not locked either. */
	@Lock(LockMode.PESSIMISTIC_WRITE)
	Optional<Order> findAndLockByIdAndUserId(long id, long userId);

	/**
	 * Those about which it is time to ask again, the longest due first, and nobody else
	 * changes them until the transaction ends. Concurrent callers get different ones, and
	 * none that is being changed.
	 */
	@Query("""
			select id, user_id, product, amount, status, reason, created_at, updated_at, ask_again_at
			from orders where ask_again_at <= :now order by ask_again_at limit :limit for update skip locked""")
	List<Order> lockUnanswered(Instant now, int limit);

}
