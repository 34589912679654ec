package io.microplatform.starter.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link SQLExceptionOverride} that evicts connections from the pool which are open but
 * of no use. A session that began on a read-only server stays read-only after that server
 * has become writable or was replaced, so the first rejected write renews the whole pool;
 * connections in use are closed when they are returned. Writes succeed at the latest a
 * second after the database is writable. Thread-safe.
 */
final class ConnectionEviction implements SQLExceptionOverride {

	private static final Logger log = LoggerFactory.getLogger(ConnectionEviction.class);

	private static final String READ_ONLY = "25006";

	/** The driver prepares the statement again; the connection is sound. */
	private static final String STALE_PLAN = "0A000";

	/** The server has ended the session, beyond what the pool itself knows of. */
	private static final Set<String> SESSION_ENDED = Set.of("25P03", "25P04", "57P04", "57P05");

	/** Bounds the connections that a pool opens while many writes are refused. */
	private static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(1);

	private final AtomicLong lastRenewal = new AtomicLong(System.nanoTime() - BETWEEN_RENEWALS.toNanos());

	private final HikariDataSource pool;

	ConnectionEviction(HikariDataSource pool) {
		this.pool = pool;
	}

	@java.lang.Override
	public Override adjudicate(SQLException ex) {
		String state = String.valueOf(ex.getSQLState());
		if (state.equals(READ_ONLY)) {
			renewPool();
		}
		if (SESSION_ENDED.contains(state)) {
			return Override.MUST_EVICT;
		}
		return state.equals(STALE_PLAN) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
	}

	private void renewPool() {
		long now = System.nanoTime();
		long last = this.lastRenewal.get();
		if (now - last >= BETWEEN_RENEWALS.toNanos() && this.lastRenewal.compareAndSet(last, now)) {
			log.warn("The database is read-only: the pool {} renews its connections", this.pool.getPoolName());
			this.pool.getHikariPoolMXBean().softEvictConnections();
		}
	}

}
