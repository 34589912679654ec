package io.microplatform.order;

import java.util.Collection;
import java.util.List;

import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface OutcomeRepository extends Repository<Order, Long> {

	@Query("select * from orders where id in (:ids) and status <> 'PENDING'")
	List<Order> findDecided(Collection<Long> ids);

}
