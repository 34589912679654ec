package io.microplatform.starter.cache;

import java.time.Duration;

import io.lettuce.core.event.EventBus;
import io.lettuce.core.event.connection.ReconnectAttemptEvent;
import io.microplatform.starter.background.BackgroundTask;

/**
 * A {@link BackgroundTask} that repeats evictions which failed until Redis answers, so
 * that other instances do not read the evicted values. It also reports lost connections
 * to the caches: an instance that sent no command in the meantime would not notice an
 * outage otherwise. Lettuce announces each attempt to reconnect, the successful one
 * included.
 */
final class CacheRecovery extends BackgroundTask {

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final ReadCaches caches;

	CacheRecovery(ReadCaches caches, EventBus events) {
		super("cache-recovery");
		this.caches = caches;
		events.get().ofType(ReconnectAttemptEvent.class).subscribe((_) -> caches.connectionLost());
	}

	@Override
	protected Duration interval() {
		return INTERVAL;
	}

	@Override
	protected void run() {
		this.caches.recover();
	}

}
