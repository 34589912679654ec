package io.microplatform.starter.event;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.microplatform.instance.configuration.Live;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes what is in the outbox and marks it after the broker's acknowledgement: every
 * committed event is sent at least once, in the order of its key. Each commit wakes the
 * relay of its instance: the first event after a silence goes at once, those that follow
 * closely go together. What that relay finds locked by another one it leaves: whoever
 * held a lock looks again when it is released, and sees what has been committed by then.
 * What a dead or stopped instance has left is found by the next look at the clock.
 */
final class OutboxRelay implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

	private static final Duration PAUSE_WHEN_STUCK = Duration.ofMillis(500);

	private final Semaphore work = new Semaphore(0);

	private final OutboxDelivery delivery;

	private final TransactionTemplate transaction;

	private final Live<OutboxProperties> properties;

	private volatile @Nullable Thread thread;

	OutboxRelay(OutboxDelivery delivery, TransactionTemplate transaction, Live<OutboxProperties> properties) {
		this.delivery = delivery;
		this.transaction = transaction;
		this.properties = properties;
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

	/** Returns when the last batch is sent; one that takes too long is given up. */
	@Override
	public void stop() {
		Thread relay = this.thread;
		this.thread = null;
		wake();
		if (relay != null) {
			try {
				if (!relay.join(this.properties.get().batchTime().multipliedBy(2))) {
					relay.interrupt();
				}
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
		try {
			boolean last;
			do {
				last = !isRunning();
				// Whoever has woken it by now has committed what it will see.
				this.work.drainPermits();
				long begin = System.nanoTime();
				switch (deliver()) {
					case NOTHING_DUE -> {
						rest(this.properties.get().pollInterval());
						linger(begin);
					}
					case STUCK -> rest(PAUSE_WHEN_STUCK);
					case DONE -> linger(begin);
					case MORE -> {
					}
				}
			}
			while (!last);
		}
		catch (InterruptedException ex) {
			log.warn("The outbox is left as it is; what was not marked will be sent again");
		}
	}

	private OutboxDelivery.Outcome deliver() {
		try {
			return Objects.requireNonNull(this.transaction.execute((status) -> this.delivery.deliver()));
		}
		catch (RuntimeException ex) {
			log.warn("The outbox could not be relayed and is tried again: {}", ex.toString());
			return OutboxDelivery.Outcome.STUCK;
		}
	}

	private void rest(Duration time) throws InterruptedException {
		if (isRunning()) {
			boolean _ = this.work.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
		}
	}

	/** A look costs the same for one event as for a hundred. */
	private void linger(long begin) throws InterruptedException {
		Duration left = this.properties.get().linger().minusNanos(System.nanoTime() - begin);
		if (isRunning() && left.isPositive()) {
			Thread.sleep(left);
		}
	}

}
