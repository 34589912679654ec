package io.microplatform.order;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.microplatform.instance.token.TokenProperties;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.starter.test.DatabaseTrouble;
import io.microplatform.starter.test.ServiceTest;
import io.microplatform.starter.test.TestTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A database that answers, but not as it should.
 */
@ServiceTest
@Import(TestTokens.class)
@ExtendWith(OutputCaptureExtension.class)
class DatabaseTroubleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String DATABASE = Postgres.databaseOf("order-service");

	private final int port;

	private final JdbcClient jdbc;

	private final DataSource pool;

	private final Customer customer;

	DatabaseTroubleTests(@LocalServerPort int port, TokenProperties tokens, JdbcClient jdbc, DataSource pool) {
		this.port = port;
		this.jdbc = jdbc;
		this.pool = pool;
		this.customer = Customer.any(tokens);
	}

	/**
	 * The connections that were opened while the database was read-only stay read-only.
	 * The pool renews them within a second, in which orders of the next tests would fail.
	 */
	@AfterEach
	void renewConnections() throws SQLException {
		this.pool.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
	}

	@ParameterizedTest
	@EnumSource
	void anOrderMayBeSentAgainUntilItIsAccepted(DatabaseTrouble trouble) {
		trouble.begin(DATABASE);
		try {
			await().atMost(PATIENCE).until(() -> order().getStatusCode().value() != 201);
			ResponseEntity<String> answer = order();
			assertThat(answer.getStatusCode().value()).as(String.valueOf(answer)).isEqualTo(503);
			assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
			assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
			assertThat(answer.getBody()).contains("/problems/unavailable");
		}
		finally {
			trouble.end(DATABASE);
		}
		await().atMost(PATIENCE)
			.until(() -> IntStream.range(0, 20).allMatch((i) -> order().getStatusCode().value() == 201));
	}

	@Test
	void ordersAreReadWhileTheDatabaseIsReadOnly() throws SQLException {
		DatabaseTrouble.READ_ONLY.begin(DATABASE);
		try {
			// The pool has the sessions that were just ended, and does not check what it
			// used within the last half second.
			renewConnections();
			await().atMost(PATIENCE).until(() -> order().getStatusCode().value() == 503);
			assertThat(this.customer.call(this.port, HttpMethod.GET, "/orders").getStatusCode().value()).isEqualTo(200);
		}
		finally {
			DatabaseTrouble.READ_ONLY.end(DATABASE);
		}
		await().atMost(PATIENCE).until(() -> order().getStatusCode().value() == 201);
	}

	@ParameterizedTest
	@ValueSource(strings = { "orders", "outbox" })
	void aSequenceThatIsBehindItsTableIsADefect(String table, CapturedOutput output) {
		assertThat(order().getStatusCode().value()).isEqualTo(201);
		String sequence = "select setval(pg_get_serial_sequence('%1$s', 'id'), (select %2$s(id) from %1$s), %3$s)";
		this.jdbc.sql(sequence.formatted(table, "min", false)).query().singleValue();
		try {
			ResponseEntity<String> answer = order();
			assertThat(answer.getStatusCode().value()).isEqualTo(500);
			assertThat(output.toString()).contains(table + "_pkey");
		}
		finally {
			this.jdbc.sql(sequence.formatted(table, "max", true)).query().singleValue();
		}
	}

	private ResponseEntity<String> order() {
		return this.customer.orders(this.port, Customer.TEA, Map.of());
	}

}
