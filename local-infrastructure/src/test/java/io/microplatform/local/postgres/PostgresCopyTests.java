package io.microplatform.local.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.microplatform.local.LocalInfrastructure;
import io.microplatform.local.TestState;
import io.microplatform.local.process.LeashedLauncher;
import io.microplatform.local.process.Ports;
import io.microplatform.local.server.Secrets;
import io.microplatform.local.server.StateDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * A copy of a server into which others write at the same time.
 */
class PostgresCopyTests {

	private static final Postgres POSTGRES = LocalInfrastructure.shared().postgres();

	private static final String DATABASE = "user_service";

	@TempDir
	@SuppressWarnings("NullAway.Init") // JUnit sets it.
	private Path directory;

	private final AtomicBoolean ended = new AtomicBoolean();

	@BeforeEach
	void createTables() throws SQLException {
		try (Connection connection = POSTGRES.connect(DATABASE)) {
			execute(connection, "CREATE TABLE copied (id bigint PRIMARY KEY)");
			execute(connection, "CREATE TABLE twin (id bigint PRIMARY KEY)");
		}
	}

	@AfterEach
	void dropTables() throws SQLException {
		try (Connection connection = POSTGRES.connect(DATABASE)) {
			execute(connection, "DROP TABLE copied, twin");
		}
	}

	@Test
	void hasEveryTransactionAsAWholeUpToOneMoment() throws Exception {
		Path archive = this.directory.resolve("copy.tar.gz");
		long before;
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CountDownLatch started = new CountDownLatch(100);
			Future<Long> writer = executor.submit(() -> write(started));
			try {
				assertThat(started.await(60, TimeUnit.SECONDS)).isTrue();
				before = count(POSTGRES, "copied");
				new PostgresCopy(archive).make(POSTGRES, dataDirectory());
			}
			finally {
				this.ended.set(true);
			}
			assertThat(writer.get()).isGreaterThan(before);
		}
		Postgres copy = start(archive);
		try {
			long copied = count(copy, "copied");
			assertThat(copied).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(count(POSTGRES, "copied"));
			assertThat(count(copy, "twin")).isEqualTo(copied);
			assertThat(number(copy, "SELECT max(id) FROM copied")).isEqualTo(copied);
		}
		finally {
			copy.kill();
		}
	}

	@Test
	void leavesNothingBehindInTheServer() throws Exception {
		new PostgresCopy(this.directory.resolve("first.tar.gz")).make(POSTGRES, dataDirectory());
		new PostgresCopy(this.directory.resolve("second.tar.gz")).make(POSTGRES, dataDirectory());
		assertThat(number(POSTGRES, "SELECT count(*) FROM pg_replication_slots")).isZero();
	}

	@Test
	void failsIfTheFileExists() throws Exception {
		Path file = Files.writeString(this.directory.resolve("copy.tar.gz"), "mine");
		assertThatIOException().isThrownBy(() -> new PostgresCopy(file).make(POSTGRES, dataDirectory()));
		assertThat(file).hasContent("mine");
	}

	/** Writes the same number into two tables in one transaction, until the end. */
	private long write(CountDownLatch started) throws SQLException {
		long number = 0;
		try (Connection connection = POSTGRES.connect(DATABASE)) {
			connection.setAutoCommit(false);
			while (!this.ended.get()) {
				number++;
				execute(connection, "INSERT INTO copied VALUES (" + number + ")");
				execute(connection, "INSERT INTO twin VALUES (" + number + ")");
				connection.commit();
				started.countDown();
			}
		}
		return number;
	}

	/** A server of its own on the copy, with the secrets of the original. */
	private Postgres start(Path archive) throws Exception {
		StateDirectory state = TestState.in(this.directory.resolve("state"));
		state.create();
		StateDirectory.writeSecret(state.secrets(),
				Files.readString(dataDirectory().resolve("../../secrets.env").normalize()));
		new PostgresCopy(archive).extract(state.data(Postgres.NAME));
		Postgres copy = new Postgres(Ports.free(1).getFirst(), state, TestState.programs(), Secrets.in(state),
				new LeashedLauncher(state.logs()));
		LocalInfrastructure.start(copy);
		return copy;
	}

	private static Path dataDirectory() throws SQLException {
		try (Connection connection = POSTGRES.connect("postgres");
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW data_directory")) {
			row.next();
			return Path.of(row.getString(1));
		}
	}

	private static long count(Postgres postgres, String table) throws SQLException {
		return number(postgres, "SELECT count(*) FROM " + table);
	}

	private static long number(Postgres postgres, String query) throws SQLException {
		try (Connection connection = postgres.connect(DATABASE);
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getLong(1);
		}
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
