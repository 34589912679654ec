package io.microplatform.starter.idempotency;

import io.microplatform.instance.configuration.Live;
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

	private final Live<IdempotencyProperties> properties;

	private volatile @Nullable Thread thread;

	ExpiredKeys(IdempotencyStore store, Live<IdempotencyProperties> properties) {
		this.store = store;
		this.properties = properties;
	}

	void delete() {
		IdempotencyProperties rules = this.properties.get();
		try {
			int deleted = 0;
			int batch;
			do {
				batch = this.store.deleteExpired(rules.expiry(), rules.cleanUpBatch());
				deleted += batch;
			}
			while (batch == rules.cleanUpBatch());
			log.debug("{} expired idempotency keys deleted", deleted);
		}
		catch (RuntimeException ex) {
			log.warn("Expired idempotency keys could not be deleted; tried again later: {}", ex.toString());
		}
	}

	@Override
	public void start() {
		Thread deleting = Thread.ofVirtual().name("expired-keys").unstarted(this::deleteNowAndThen);
		this.thread = deleting;
		deleting.start();
	}

	@Override
	public void stop() {
		Thread deleting = this.thread;
		this.thread = null;
		if (deleting != null) {
			deleting.interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	private void deleteNowAndThen() {
		try {
			while (isRunning()) {
				Thread.sleep(this.properties.get().cleanUpInterval());
				delete();
			}
		}
		catch (InterruptedException ex) {
			log.debug("Stopped");
		}
	}

}
