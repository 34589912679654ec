package io.microplatform.local.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.process.LogFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PostgresTests {

	private static final LocalInfrastructure INFRASTRUCTURE = LocalInfrastructure.shared();

	private static final Postgres POSTGRES = INFRASTRUCTURE.postgres();

	private static final Map<String, String> USER_SERVICE = POSTGRES.propertiesFor("user-service");

	private static Connection asUserService(String database) throws SQLException {
		return POSTGRES.connect(database, "user_service", USER_SERVICE.getOrDefault("platform.database.password", ""));
	}

	private static String query(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
			result.next();
			return result.getString(1);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@ParameterizedTest
	@CsvSource({ "fsync, on", "synchronous_commit, on", "full_page_writes, on", "listen_addresses, 127.0.0.1",
			"password_encryption, scram-sha-256", "data_checksums, on", "statement_timeout, 5s", "lock_timeout, 3s",
			"idle_in_transaction_session_timeout, 10s", "max_wal_size, 256MB", "temp_file_limit, 1GB" })
	void runsWith(String setting, String value) throws SQLException {
		try (Connection connection = asUserService("user_service")) {
			assertThat(query(connection, "SHOW " + setting)).isEqualTo(value);
		}
	}

	@Nested
	class WhoGetsIn {

		@ParameterizedTest
		@ValueSource(strings = { "", "wrong", "admin" })
		void nobodyWithAWrongPassword(String password) {
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> POSTGRES.connect("user_service", "user_service", password).close());
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> POSTGRES.connect("postgres", Postgres.ADMIN, password).close());
		}

		@ParameterizedTest
		@ValueSource(strings = { "order_service", "postgres", "template1" })
		void aServiceIntoItsOwnDatabaseOnly(String other) {
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> asUserService(other).close())
				.withMessageContaining("permission denied");
		}

	}

	/** What pg_monitor may read of running statements is what the server logs of them. */
	@Test
	void noStatementHasAPassword() throws IOException, SQLException {
		try (Connection admin = POSTGRES.connect("postgres")) {
			execute(admin, "ALTER ROLE admin SET log_statement = 'all'");
			LocalInfrastructure.start(POSTGRES);
			execute(admin, "ALTER ROLE admin RESET log_statement");
			Path logs = Path.of(query(admin, "SHOW data_directory")).resolve("../../logs");
			assertThat(String.join("\n", LogFile.of(logs, Postgres.NAME).tail(100)))
				.containsIgnoringCase("ALTER ROLE \"user_service\"")
				.doesNotContain(USER_SERVICE.getOrDefault("platform.database.password", ""));
		}
	}

	@Nested
	class WhatAServiceMayDo {

		@Test
		void makeAndDropItsOwnTables() throws SQLException {
			try (Connection connection = asUserService("user_service")) {
				execute(connection, "CREATE TABLE mine (id bigint)");
				execute(connection, "DROP TABLE mine");
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "CREATE ROLE another", "CREATE DATABASE another", "ALTER SYSTEM SET fsync = off",
				"SET ROLE admin", "COPY (SELECT 1) TO PROGRAM 'true'", "ALTER ROLE user_service SUPERUSER" })
		void butNothingBeyond(String statement) throws SQLException {
			try (Connection connection = asUserService("user_service")) {
				assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(connection, statement))
					.withMessageMatching("(?s).*(permission denied|must be).*");
			}
		}

	}

	@Nested
	class WhenItGoesAndComesBack {

		@AfterEach
		void leaveItRunning() throws SQLException {
			LocalInfrastructure.start(POSTGRES);
			try (Connection connection = asUserService("user_service")) {
				execute(connection, "DROP TABLE IF EXISTS kept");
			}
		}

		@Test
		void afterAStopItHasItsData() throws IOException, SQLException {
			write();
			assertThat(POSTGRES.stop(Duration.ofSeconds(20))).isTrue();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> POSTGRES.connect("postgres").close());
			LocalInfrastructure.start(POSTGRES);
			assertThat(read()).isEqualTo("42");
		}

		@Test
		void afterACrashItHasItsData() throws IOException, SQLException {
			write();
			POSTGRES.kill();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> POSTGRES.connect("postgres").close());
			LocalInfrastructure.start(POSTGRES);
			assertThat(read()).isEqualTo("42");
		}

		@Test
		void whilePausedItDoesNotAnswer() throws IOException, SQLException {
			POSTGRES.pause();
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> POSTGRES.connect("postgres").close());
			POSTGRES.resume();
			POSTGRES.connect("postgres").close();
		}

		@Test
		void rightsAndPasswordsThatWereChangedAreSetBack() throws SQLException {
			try (Connection admin = POSTGRES.connect("postgres")) {
				execute(admin, "ALTER ROLE user_service CREATEDB PASSWORD 'another'");
				execute(admin, "GRANT CONNECT ON DATABASE order_service TO PUBLIC");
			}
			LocalInfrastructure.start(POSTGRES);
			try (Connection connection = asUserService("user_service")) {
				assertThat(query(connection, "SELECT rolcreatedb FROM pg_roles WHERE rolname = 'user_service'"))
					.isEqualTo("f");
			}
			assertThatExceptionOfType(SQLException.class).isThrownBy(() -> asUserService("order_service").close());
		}

		private void write() throws SQLException {
			try (Connection connection = asUserService("user_service")) {
				execute(connection, "CREATE TABLE kept AS SELECT 42 AS answer");
			}
		}

		private String read() throws SQLException {
			try (Connection connection = asUserService("user_service")) {
				return query(connection, "SELECT answer FROM kept");
			}
		}

	}

}
