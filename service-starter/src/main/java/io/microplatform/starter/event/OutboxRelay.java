package io.microplatform.starter.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes what is in the outbox, oldest first, and marks each row only after the
 * broker's acknowledgement: every committed event is sent at least once, in the order of
 * its key. An advisory lock lets one instance of a service relay at a time; it belongs to
 * the transaction, so PostgreSQL takes it from an instance that dies or hangs. Whatever
 * was sent but not marked by then is sent again; the inbox of the receiver skips it.
 */
final class OutboxRelay implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	/** Any number will do, as long as nothing else in the database locks it. */
	private static final long LOCK = 0x6F7574626F78L;

	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

	private final Semaphore work = new Semaphore(0);

	private final OutboxPublisher publisher;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final OutboxProperties properties;

	private final Clock clock;

	private volatile @Nullable Thread thread;

	OutboxRelay(OutboxPublisher publisher, JdbcClient jdbc, TransactionTemplate transaction,
			OutboxProperties properties, Clock clock) {
		this.publisher = publisher;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.properties = properties;
		this.clock = clock;
	}

	/** Lets the relay look at once; returns immediately. */
	void wake() {
		this.work.release();
	}

	@Override
	public void start() {
		Thread relay = new Thread(this::relay, "outbox-relay");
		this.thread = relay;
		relay.start();
	}

	@Override
	public void stop() {
		Thread relay = this.thread;
		this.thread = null;
		wake();
		if (relay != null) {
			try {
				relay.join(this.properties.batchTime().multipliedBy(2));
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/** Stops after the web server and the consumers, whose last events it still sends. */
	@Override
	public int getPhase() {
		return 0;
	}

	private void relay() {
		while (isRunning()) {
			boolean more = false;
			Duration pause = this.properties.pollInterval();
			try {
				more = Objects.requireNonNull(this.transaction.execute((status) -> publishBatch()));
			}
			catch (PessimisticLockingFailureException ex) {
				log.debug("Another instance is relaying", ex);
			}
			catch (RuntimeException ex) {
				log.warn("The outbox could not be relayed and is tried again: {}", ex.toString());
				pause = PAUSE_AFTER_FAILURE;
			}
			if (!more) {
				await(pause);
			}
		}
	}

	private boolean publishBatch() {
		this.jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", LOCK).query((row) -> {
		});
		List<OutboxMessage> batch = this.jdbc.sql("""
				select id, event_id, topic, message_key, type, data, traceparent, occurred_at
				from outbox where published_at is null order by id limit :size""")
			.param("size", this.properties.batchSize())
			.query((row, number) -> OutboxMessage.of(row))
			.list();
		List<Long> published = new ArrayList<>();
		Instant end = this.clock.instant().plus(this.properties.batchTime());
		try {
			for (OutboxMessage event : batch) {
				this.publisher.publish(event);
				published.add(event.id());
				if (this.clock.instant().isAfter(end)) {
					break;
				}
			}
		}
		catch (RuntimeException ex) {
			if (published.isEmpty()) {
				throw ex;
			}
			log.warn("Publishing stopped after {} of {}: {}", published.size(), batch.size(), ex.toString());
		}
		if (!published.isEmpty()) {
			this.jdbc.sql("update outbox set published_at = :now where id in (:ids)")
				.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
				.param("ids", published)
				.update();
		}
		return published.size() < batch.size() || batch.size() == this.properties.batchSize();
	}

	private void await(Duration pause) {
		try {
			if (this.work.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
				this.work.drainPermits();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
