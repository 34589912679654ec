package io.microplatform.order;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.relational.core.sql.LockMode;
import org.springframework.data.relational.repository.Lock;
import org.springframework.data.repository.ListCrudRepository;

/**
 * Orders in the database. Every statement names its columns, so that another release may
 * add a column while this one runs.
 */
interface OrderRepository extends ListCrudRepository<Order, Long> {

	/** Finds and locks an order until the transaction ends. */
	@Lock(LockMode.PESSIMISTIC_WRITE)
	Optional<Order> findAndLockById(long id);

	/** Finds and locks an order of a user until the transaction ends. */
	@Lock(LockMode.PESSIMISTIC_WRITE)
	Optional<Order> findAndLockByIdAndUserId(long id, long userId);

	/**
	 * Locks orders that are due to be asked about again, the longest due first, until the
	 * transaction ends. Concurrent callers get different orders, and none that is being
	 * changed.
	 * @return the ids
	 */
	@Query("""
			select id from orders where ask_again_at <= :now
			order by ask_again_at limit :limit for update skip locked""")
	List<Long> lockUnanswered(Instant now, int limit);

	/** Those of the orders that do not have the status. */
	List<Order> findByIdInAndStatusNot(Collection<Long> ids, Order.Status status);

}
