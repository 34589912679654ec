package io.microplatform.lab.audit;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An amount that is reserved for an order, or should be.
 */
record ReservedAmount(long orderId, long userId, BigDecimal amount) {

	/** Maps the first three columns of a row. */
	static ReservedAmount of(ResultSet row) throws SQLException {
		return new ReservedAmount(row.getLong(1), row.getLong(2), row.getBigDecimal(3));
	}

}
