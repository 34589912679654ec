package io.microplatform.acceptance.audit;

import java.sql.SQLException;

/**
 * One look into the books. Changes nothing, and takes no lock that anybody would wait
 * for.
 */
@FunctionalInterface
interface Check {

	Finding look() throws SQLException;

}
