package io.microplatform.acceptance.audit;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An amount that is set aside for an order, or should be.
 */
record Reserved(long orderId, long userId, BigDecimal amount) {

	/** From the first three columns, in this order. */
	static Reserved of(ResultSet row) throws SQLException {
		return new Reserved(row.getLong(1), row.getLong(2), row.getBigDecimal(3));
	}

}
