package io.microplatform.order;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface OrderRepository extends ListCrudRepository<Order, Long> {

	/** The order, which nobody else changes until the transaction ends. */
	@Query("select * from orders where id = :id for update")
	Optional<Order> lockById(long id);

	/** The same, unless it is somebody else's, which is not locked either. */
	@Query("select * from orders where id = :id and user_id = :userId for update")
	Optional<Order> lockByIdAndUserId(long id, long userId);

	/**
	 * Those about which it is time to ask again, the longest due first, and nobody else
	 * changes them until the transaction ends. Concurrent callers get different ones, and
	 * none that is being changed.
	 */
	@Query("select * from orders where ask_again_at <= :now order by ask_again_at limit :limit for update skip locked")
	List<Order> lockUnanswered(Instant now, int limit);

}
