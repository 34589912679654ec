package io.microplatform.lab.audit;

import java.sql.SQLException;

/**
 * A check of one invariant. Reads only, and takes no locks that block the services.
 */
@FunctionalInterface
interface Check {

	AuditFinding run() throws SQLException;

}
