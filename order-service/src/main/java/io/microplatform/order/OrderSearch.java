package io.microplatform.order;

import java.util.List;

import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;
import org.springframework.stereotype.Service;

/**
 * Finds the orders of one user. Each combination of filters is a statement of its own, so
 * that PostgreSQL can choose an index for it.
 */
@Service
class OrderSearch {

	private final JdbcAggregateOperations database;

	OrderSearch(JdbcAggregateOperations database) {
		this.database = database;
	}

	/**
	 * The newest orders of a user.
	 * @param before an id; only older orders are found
	 * @param limit the most to find
	 */
	List<Order> newest(long userId, OrderFilter filter, long before, int limit) {
		Criteria wanted = filter.narrow(Criteria.where("userId").is(userId).and("id").lessThan(before));
		return this.database.findAll(Query.query(wanted).sort(Sort.by("id").descending()).limit(limit), Order.class);
	}

}
