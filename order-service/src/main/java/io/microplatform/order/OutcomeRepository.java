package io.microplatform.order;

import java.util.Collection;
import java.util.List;

import org.springframework.data.repository.Repository;

interface OutcomeRepository extends Repository<Order, Long> {

	List<Order> findByIdInAndStatusNot(Collection<Long> ids, Order.Status status);

}
