package io.microplatform.order;

import java.util.List;
import java.util.Optional;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.ListCrudRepository;

interface OrderRepository extends ListCrudRepository<Order, Long> {

	@Query("select * from orders where id = :id for update")
	Optional<Order> lockById(long id);

	@Query("select * from orders where user_id = :userId and id < :before order by id desc limit :limit")
	List<Order> findNewest(long userId, long before, int limit);

}
