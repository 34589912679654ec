package io.microplatform.order;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Sort;
import org.springframework.data.jdbc.core.JdbcAggregateOperations;
import org.springframework.data.relational.core.query.Criteria;
import org.springframework.data.relational.core.query.Query;
import org.springframework.stereotype.Service;

/**
 * Finds the orders of one user or of all. Each combination of filters is a statement of
 * its own, so that PostgreSQL can choose an index for it.
 */
@Service
class OrderSearch {

	private final JdbcAggregateOperations database;

	OrderSearch(JdbcAggregateOperations database) {
		this.database = database;
	}

	/**
	 * The newest orders.
	 * @param userId the user that placed the orders, or null for all users
	 * @param before an id; only older orders are found
	 * @param limit the maximum number of orders
	 */
	List<Order> newest(@Nullable Long userId, OrderFilter filter, long before, int limit) {
		Criteria older = Criteria.where("id").lessThan(before);
		Criteria wanted = filter.narrow((userId != null) ? older.and("userId").is(userId) : older);
		return this.database.findAll(Query.query(wanted).sort(Sort.by("id").descending()).limit(limit), Order.class);
	}

}
