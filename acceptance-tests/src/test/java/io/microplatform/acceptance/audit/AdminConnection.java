package io.microplatform.acceptance.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import io.microplatform.acceptance.platform.RunningPlatform;

/**
 * A connection that may change everything in the database of a service.
 */
final class AdminConnection {

	private AdminConnection() {
	}

	static Connection to(RunningPlatform platform, String database) throws SQLException {
		return DriverManager.getConnection(
				"jdbc:postgresql://127.0.0.1:%d/%s".formatted(platform.the("postgresql").port(), database), "admin",
				platform.secret("PLATFORM_DATABASE_ADMIN_PASSWORD"));
	}

}
