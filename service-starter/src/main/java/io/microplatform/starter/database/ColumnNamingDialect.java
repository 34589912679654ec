package io.microplatform.starter.database;

import org.springframework.data.jdbc.core.dialect.JdbcPostgresDialect;
import org.springframework.data.relational.core.dialect.IdGeneration;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/**
 * A {@link JdbcPostgresDialect} whose inserts return the generated key only. By default
 * they return every column, and fail in a prepared statement once another release adds or
 * drops a column ("cached plan must not change result type").
 */
final class ColumnNamingDialect extends JdbcPostgresDialect {

	@Override
	public IdGeneration getIdGeneration() {
		IdGeneration usual = super.getIdGeneration();
		return new IdGeneration() {

			@Override
			public boolean driverRequiresKeyColumnNames() {
				return true;
			}

			@Override
			public String createSequenceQuery(SqlIdentifier sequence) {
				return usual.createSequenceQuery(sequence);
			}

		};
	}

}
