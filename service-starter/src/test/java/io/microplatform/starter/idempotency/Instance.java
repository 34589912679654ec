package io.microplatform.starter.idempotency;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.microplatform.instance.configuration.Refreshable;
import io.microplatform.local.LocalInfrastructure;
import io.microplatform.starter.background.ExpiredRows;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An instance of a service whose effects can be counted: rows of a table. All instances
 * share one PostgreSQL; each has two connections to it.
 */
final class Instance implements AutoCloseable {

	static final Duration EXPIRY = Duration.ofHours(24);

	static final Duration IDLE = Duration.ofSeconds(10);

	static final int CONNECTIONS = 2;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final HikariDataSource pool = connect();

	private final JdbcClient jdbc = JdbcClient.create(this.pool);

	private final Clock clock;

	private final Idempotency idempotency;

	Instance(Clock clock, Duration twinWait) {
		this(clock, twinWait, IDLE);
	}

	Instance(Clock clock, Duration twinWait, Duration idleTimeout) {
		Flyway.configure().dataSource(this.pool).load().migrate();
		this.jdbc.sql("create table if not exists effects (key text not null)").update();
		this.clock = clock;
		this.idempotency = new Idempotency(new IdempotencyStore(this.jdbc, JsonMapper.shared(), clock),
				new TransactionTemplate(new JdbcTransactionManager(this.pool)),
				new Refreshable<>(new IdempotencyProperties(EXPIRY, twinWait, idleTimeout, Duration.ofMinutes(1), 10)),
				this.meters);
	}

	/** Handles a request completely. */
	Answer handle(KeyedRequest request) {
		return handle(request, () -> effect(request), null);
	}

	Answer handle(KeyedRequest request, Supplier<Answer> effect, @Nullable UnaryOperator<Answer> completion) {
		return this.idempotency.answer(request, effect, completion);
	}

	/** Does what a request is for; no two answers are the same. */
	Answer effect(KeyedRequest request) {
		this.jdbc.sql("insert into effects values (?)").param(request.key()).update();
		return answer("done " + UUID.randomUUID());
	}

	static Answer answer(String what) {
		return new Answer(201, Map.of("Location", List.of("/effects/1")), "\"" + what + "\"");
	}

	long effects(KeyedRequest request) {
		return this.jdbc.sql("select count(*) from effects where key = ?")
			.param(request.key())
			.query(Long.class)
			.single();
	}

	/** What is stored under the key, expired or not. */
	long rows(KeyedRequest request) {
		return this.jdbc.sql("select count(*) from idempotency_keys where key = ?")
			.param(request.key())
			.query(Long.class)
			.single();
	}

	ExpiredRows expiredKeys(IdempotencyProperties properties) {
		return new IdempotencyAutoConfiguration().expiredKeys(this.jdbc, this.clock, new Refreshable<>(properties));
	}

	double requests(String result) {
		return this.meters.counter("idempotency.requests", "result", result).count();
	}

	private static HikariDataSource connect() {
		Map<String, String> properties = LocalInfrastructure.shared().propertiesFor("order-service");
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(properties.get("platform.database.url"));
		config.setUsername(properties.get("platform.database.username"));
		config.setPassword(properties.get("platform.database.password"));
		config.setMaximumPoolSize(CONNECTIONS);
		return new HikariDataSource(config);
	}

	@Override
	public void close() {
		this.pool.close();
	}

}
