package io.microplatform.starter.idempotency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Idempotency keys and answers in the service's database. An expired key counts as
 * absent, deleted or not. Thread-safe.
 */
final class IdempotencyStore {

	private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {
	};

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Clock clock;

	IdempotencyStore(JdbcClient jdbc, JsonMapper json, Clock clock) {
		this.jdbc = jdbc;
		this.json = json;
		this.clock = clock;
	}

	/**
	 * Takes a key for the current transaction, and never waits for another one: the
	 * advisory lock says who is at it, and ends with the transaction, however that ends.
	 * The database ends it when it idles for too long, as it does when this process
	 * stands still.
	 * @param request with the key
	 * @param rules the age at which a key is free, and for how long the transaction may
	 * idle
	 * @return whether the key was free; if not, it is either known or taken
	 */
	boolean claim(KeyedRequest request, IdempotencyProperties rules) {
		return statement("""
				insert into idempotency_keys as known (user_id, route, key, fingerprint, given, created_at)
				select :userId, :route, :key, :fingerprint, false, :now
				where case
					when pg_try_advisory_xact_lock(hashtextextended(concat_ws(' ', :userId, :route, :key), 0))
					then set_config('idle_in_transaction_session_timeout', :idleTimeout, true) is not null
					else false end
				on conflict (user_id, route, key) do update
				set fingerprint = excluded.fingerprint, status = null, headers = null, body = null, given = false,
					created_at = excluded.created_at
				where known.created_at <= :expired""", request).param("fingerprint", request.fingerprint())
			.param("idleTimeout", rules.idleTimeout().toMillis() + "ms")
			.param("now", now())
			.param("expired", now().minus(rules.expiry()))
			.update() == 1;
	}

	/** What has been committed under the key, unless it has reached that age. */
	Optional<StoredAnswer> find(KeyedRequest request, Duration expiry) {
		return statement("""
				select fingerprint, given, status, headers, body from idempotency_keys
				where user_id = :userId and route = :route and key = :key and created_at > :expired""", request)
			.param("expired", now().minus(expiry))
			.query((row, number) -> storedAnswer(row))
			.optional();
	}

	/**
	 * Writes the answer of a key, unless it has been given.
	 * @param given whether it is going to be given as it is
	 * @return whether it could still be written
	 */
	boolean write(KeyedRequest request, Answer answer, boolean given) {
		return statement("""
				update idempotency_keys set status = :status, headers = :headers, body = :body, given = :given
				where user_id = :userId and route = :route and key = :key and not given""", request)
			.param("status", answer.status())
			.param("headers", this.json.writeValueAsString(answer.headers()))
			.param("body", answer.body())
			.param("given", given)
			.update() == 1;
	}

	private JdbcClient.StatementSpec statement(String sql, KeyedRequest request) {
		return this.jdbc.sql(sql)
			.param("userId", request.userId())
			.param("route", request.route())
			.param("key", request.key());
	}

	private StoredAnswer storedAnswer(ResultSet row) throws SQLException {
		return new StoredAnswer(row.getString("fingerprint"), row.getBoolean("given"), new Answer(row.getInt("status"),
				this.json.readValue(row.getString("headers"), HEADERS), row.getString("body")));
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

}
