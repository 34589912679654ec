package io.microplatform.local.setup;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.microplatform.local.kafka.Kafka;
import io.microplatform.local.postgres.Postgres;
import io.microplatform.local.postgres.PostgresAccounts;
import io.microplatform.local.redis.Redis;
import io.microplatform.local.redis.RedisAccounts;
import io.microplatform.local.redis.RedisClient;
import io.microplatform.local.server.Secrets;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Accounts, topics and rights on PostgreSQL, Redis and Kafka, given by the administrator
 * of each. Waits for a server that starts, for at most two minutes; a refused password
 * fails at once.
 */
final class StoreAccounts {

	private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);

	private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

	private static final int ANSWER_SECONDS = 5;

	private final StoreAddresses addresses;

	private final Secrets secrets;

	private final PrintStream out;

	StoreAccounts(StoreAddresses addresses, Secrets secrets, PrintStream out) {
		this.addresses = addresses;
		this.secrets = secrets;
		this.out = out;
	}

	void provide() throws IOException {
		postgres();
		redis();
		kafka();
	}

	private void postgres() throws IOException {
		require("postgresql", this.addresses.database(), this::postgresAnswers);
		new PostgresAccounts(this::connect, this.secrets).provide();
		this.out.printf(Locale.ROOT, "postgresql: a role and a database for each of %s%n", this.secrets.services());
	}

	private Connection connect() throws SQLException {
		return Postgres.connectTo(this.addresses.databaseUrl(), Postgres.ADMIN,
				this.secrets.password("DATABASE", Postgres.ADMIN));
	}

	private boolean postgresAnswers() throws IOException {
		try (Connection connection = connect()) {
			return connection.isValid(1);
		}
		catch (SQLException ex) {
			if (PostgresAccounts.isWrongPassword(ex)) {
				throw wrongPassword("postgresql", "PLATFORM_DATABASE_ADMIN_PASSWORD");
			}
			return false;
		}
	}

	private void redis() throws IOException {
		require("redis", this.addresses.redis(), this::redisAnswers);
		new RedisAccounts(this.secrets).provide(this::redisCommand);
		this.out.printf(Locale.ROOT, "redis: an account for each of api-gateway and %s%n",
				String.join(", ", this.secrets.services().names()));
	}

	private String redisCommand(String command) throws IOException {
		return new RedisClient(this.addresses.redisAddress(), Redis.ADMIN, this.secrets.password("REDIS", Redis.ADMIN))
			.command(command);
	}

	private boolean redisAnswers() throws IOException {
		String answer;
		try {
			answer = redisCommand("PING");
		}
		catch (IOException ex) {
			return false;
		}
		if (answer.startsWith("-WRONGPASS")) {
			throw wrongPassword("redis", "PLATFORM_REDIS_ADMIN_PASSWORD");
		}
		return !answer.startsWith("-");
	}

	private void kafka() throws IOException {
		Properties properties = Kafka.clientProperties(this.addresses.kafka(), Kafka.ADMIN,
				this.secrets.password("KAFKA", Kafka.ADMIN));
		require("kafka", this.addresses.kafka(), () -> kafkaAnswers(properties));
		try (Admin admin = Admin.create(properties)) {
			Kafka.provide(admin, this.secrets.services());
		}
		this.out.printf(Locale.ROOT, "kafka: topics %s with those of dead letters, and the rights of each of %s%n",
				String.join(", ", this.secrets.services().topics()), this.secrets.services());
	}

	private static boolean kafkaAnswers(Properties properties) throws IOException {
		try (Admin admin = Admin.create(properties)) {
			return !admin.describeCluster().nodes().get(ANSWER_SECONDS, TimeUnit.SECONDS).isEmpty();
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof AuthenticationException) {
				throw wrongPassword("kafka", "PLATFORM_KAFKA_ADMIN_PASSWORD");
			}
			return false;
		}
		// The client is not created while the name of the broker cannot be resolved.
		catch (TimeoutException | KafkaException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw interrupted("kafka", ex);
		}
	}

	private static IOException wrongPassword(String server, String secret) {
		return new IOException("%s refuses the administrator: %s is not the one that its data was made with"
			.formatted(server, secret));
	}

	private static void require(String server, String address, Answer answer) throws IOException {
		long end = System.nanoTime() + STARTS_WITHIN.toNanos();
		while (!answer.isThere()) {
			if (System.nanoTime() - end > 0) {
				throw new IOException(String.format(Locale.ROOT, "%s does not answer at %s within %d s", server,
						address, STARTS_WITHIN.toSeconds()));
			}
			pause(server);
		}
	}

	private static void pause(String server) throws IOException {
		try {
			Thread.sleep(BETWEEN_ATTEMPTS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw interrupted(server, ex);
		}
	}

	private static IOException interrupted(String server, InterruptedException cause) {
		return new IOException("interrupted while %s was awaited".formatted(server), cause);
	}

	/**
	 * Whether a server answers.
	 */
	@FunctionalInterface
	private interface Answer {

		boolean isThere() throws IOException;

	}

}
