package io.microplatform.starter.database;

import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import org.springframework.dao.DuplicateKeyException;

/**
 * A unique constraint that decides between concurrent transactions. A duplicate key of
 * any other constraint, as of a sequence that is behind its table, is a defect.
 *
 * @param name of the constraint or the unique index
 */
public record UniqueConstraint(String name) {

	/** Whether this rule, and no other, is what the row violates. */
	public boolean isViolatedBy(DuplicateKeyException ex) {
		if (!(ex.getMostSpecificCause() instanceof PSQLException cause)) {
			return false;
		}
		ServerErrorMessage message = cause.getServerErrorMessage();
		return message != null && this.name.equals(message.getConstraint());
	}

}
