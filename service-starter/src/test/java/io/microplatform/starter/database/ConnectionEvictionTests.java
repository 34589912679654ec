package io.microplatform.starter.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;
import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.starter.test.DatabaseTrouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class ConnectionEvictionTests {

	private static final String SERVICE = "order-service";

	private static final int SIZE = 5;

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final Postgres postgres = LocalInfrastructure.shared().postgres();

	private final String database = "pool_" + UUID.randomUUID().toString().replace("-", "");

	private final HikariDataSource pool = new HikariDataSource();

	@BeforeEach
	void connect() throws SQLException {
		try (Connection admin = this.postgres.connect("postgres"); Statement statement = admin.createStatement()) {
			statement.execute("create database %s owner %s".formatted(this.database, Postgres.databaseOf(SERVICE)));
		}
		Map<String, String> account = LocalInfrastructure.shared().propertiesFor(SERVICE);
		this.pool.setJdbcUrl(this.postgres.jdbcUrl(this.database));
		this.pool.setUsername(account.get("platform.database.username"));
		this.pool.setPassword(account.get("platform.database.password"));
		this.pool.setMaximumPoolSize(SIZE);
		this.pool.setExceptionOverride(new ConnectionEviction(this.pool));
		write("create table written (number int)");
	}

	@AfterEach
	void disconnect() {
		this.pool.close();
	}

	@Test
	void noConnectionStaysReadOnlyAfterTheDatabaseIsWritableAgain() throws SQLException {
		DatabaseTrouble.READ_ONLY.begin(this.database);
		await().atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> readOnly().size() == SIZE && !readOnly().contains(false));
		DatabaseTrouble.READ_ONLY.end(this.database);
		assertThat(readOnly()).as("sessions keep what they began with").containsOnly(true);
		await().atMost(PATIENCE).ignoreExceptions().until(() -> {
			write("insert into written values (1)");
			return true;
		});
		assertThat(readOnly()).containsOnly(false);
	}

	@Test
	void readsGoOnWhileTheDatabaseIsReadOnly() throws SQLException {
		DatabaseTrouble.READ_ONLY.begin(this.database);
		await().atMost(PATIENCE).ignoreExceptions().until(() -> readOnly().contains(true));
		for (int i = 0; i < 3 * SIZE; i++) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> write("insert into written values (1)"))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("25006"));
			assertThat(readOnly()).containsOnly(true);
		}
	}

	/** As in a transaction that a framework still has to roll back. */
	@Test
	void aStalePlanBreaksNoConnection() throws SQLException {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("prepare every as select * from written");
			statement.execute("execute every");
			statement.execute("alter table written add column note text");
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("execute every"))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("0A000"));
			connection.rollback();
			statement.execute("execute every");
		}
	}

	private void write(String sql) throws SQLException {
		try (Connection connection = this.pool.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	/** Of each connection of the pool. */
	private List<Boolean> readOnly() throws SQLException {
		List<Connection> connections = new ArrayList<>();
		List<Boolean> found = new ArrayList<>();
		try {
			for (int i = 0; i < SIZE; i++) {
				Connection connection = this.pool.getConnection();
				connections.add(connection);
				try (Statement statement = connection.createStatement();
						ResultSet row = statement
							.executeQuery("select current_setting('transaction_read_only')::bool")) {
					row.next();
					found.add(row.getBoolean(1));
				}
			}
		}
		finally {
			for (Connection connection : connections) {
				connection.close();
			}
		}
		return found;
	}

}
