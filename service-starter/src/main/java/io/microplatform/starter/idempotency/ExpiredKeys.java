package io.microplatform.starter.idempotency;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Deletes expired keys now and then, in small batches that hold no locks for long. Every
 * instance does; they do not get into each other's way.
 */
final class ExpiredKeys implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(ExpiredKeys.class);

	private final IdempotencyStore store;

	private final IdempotencyProperties properties;

	private volatile @Nullable ScheduledExecutorService executor;

	ExpiredKeys(IdempotencyStore store, IdempotencyProperties properties) {
		this.store = store;
		this.properties = properties;
	}

	void delete() {
		try {
			int deleted = 0;
			int batch;
			do {
				batch = this.store.deleteExpired(this.properties.cleanUpBatch());
				deleted += batch;
			}
			while (batch == this.properties.cleanUpBatch());
			log.debug("{} expired idempotency keys deleted", deleted);
		}
		catch (RuntimeException ex) {
			log.warn("Expired idempotency keys could not be deleted; tried again later: {}", ex.toString());
		}
	}

	@Override
	public void start() {
		ScheduledExecutorService deleting = Executors
			.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("expired-keys").factory());
		this.executor = deleting;
		long interval = this.properties.cleanUpInterval().toMillis();
		var _ = deleting.scheduleWithFixedDelay(this::delete, interval, interval, TimeUnit.MILLISECONDS);
	}

	@Override
	public void stop() {
		ScheduledExecutorService deleting = this.executor;
		this.executor = null;
		if (deleting != null) {
			deleting.shutdownNow();
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

}
